"""Search over titles, summaries, words of the vocabulary and issuers, in every language of the register."""
