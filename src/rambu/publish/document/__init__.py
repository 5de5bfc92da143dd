"""Documents to take along: blocks in an order, and one renderer a form (HTML, PDF through Typst, Word, plain lines)."""
