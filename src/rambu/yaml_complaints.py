"""What can be wrong with a YAML file, and what to do about it: a catalogue by code, and libyaml's own words in ours."""

from collections.abc import Mapping

# code: (what is wrong, what to do)
COMPLAINTS: Mapping[str, tuple[str, str]] = {
    "missing-file": ("there is no such file", "check the path"),
    "directory": ("this is a directory, not a file", "name a file in it"),
    "unreadable": ("the file cannot be read: {reason}", "check its permissions"),
    "too-large": ("more than {limit:,} bytes", "split the file; nothing that people write is that long"),
    "not-utf-8": ("byte {number:,} of the file ({byte}) is not UTF-8", "save the file as UTF-8"),
    "character": (
        "text cannot hold {character} (such characters: {count:,})",
        "delete it, or write it in words",
    ),
    "no-libyaml": ("PyYAML was installed without libyaml", "install a wheel of PyYAML"),
    "syntax": ("{what}", "{do}"),
    "empty-file": ("there is nothing in the file", "write its keys, or delete it"),
    "second-document": ("a second document begins here", "put it into a file of its own"),
    "directive": ("a line begins with %", "delete the directive, or indent the text"),
    "too-deep": ("more than {limit} levels inside each other", "flatten it; three levels do for law"),
    "too-many-values": ("more than {limit:,} values and keys", "split the file"),
    "anchor": ("anchors (&name) and aliases (*name) are refused", "write the value out, or quote the text"),
    "tag": ("the tag {tag} is refused", "delete it, or quote the text if it begins with !"),
    "merge-key": ("the merge key << is refused", "write the keys out"),
    "complex-key": (
        "a mapping or list stands where a key belongs",
        "write a word, or quote text with {{ or [",
    ),
    "duplicate-key": ("the key {key} is already on line {line}", "delete one of the two, or merge them"),
    "empty-key": ("a key is empty or null", "name it, or quote it"),
    "no-value": ("{owner} has no value", "write none, .., or leave the key out"),
    "no-such-day": ("there is no day {text}", "write a day of the calendar, or quote the text"),
    "long-number": ("a number of more than {limit} characters", "write it shorter, or quote it"),
    "split-text": (
        "{text} has parentheses that do not pair, as when a text is cut at its comma",
        "quote it: put the whole text between quotes",
    ),
}

# libyaml's words: (what is wrong, what to do)
SYNTAX: Mapping[str, tuple[str, str]] = {
    "mapping values are not allowed": (
        "a colon too many on this line, or a line indented too far",
        "quote text that holds ': ', or align the line with its neighbours",
    ),
    "did not find expected key": (
        "neither a key nor the end of the mapping",
        "align the line with its neighbours; write '' for a ' inside '…'; nothing may follow a closing quote",
    ),
    "did not find expected '-'": (
        "an item of the list should begin here",
        "begin it with '- ', or align the line with its neighbours",
    ),
    "did not find expected ',' or": (
        "a comma or the closing bracket is missing",
        "close the bracket, or quote text that holds [ ] { } or ': '",
    ),
    "did not find expected node content": (
        "a value should stand here",
        "write it, or quote text that begins with [ ] { } or a comma",
    ),
    "block sequence entries are not allowed": (
        "a list cannot begin on this line",
        "put each '- ' on a line of its own, or quote the text",
    ),
    "cannot start any token": (
        "no value can begin with a tab, @, ` or %",
        "indent with spaces; quote text that begins with @, ` or %",
    ),
    "tab character": ("a tab among the spaces of the indentation", "indent with spaces"),
    "could not find expected ':'": (
        "a key without a colon",
        "write ': ' after it, or indent the line further",
    ),
    "unexpected end of stream": ("a quotation mark is never closed", "close it"),
    "unexpected document indicator": (
        "a line of --- or ... inside quotes",
        "close the quotes, or indent the line",
    ),
    "URI": ("! begins a tag, and tags are refused", "quote the text"),
    "escape": ("\\ begins an escape that YAML does not know", "write \\\\ for \\, or use single quotes"),
    "hexdecimal": (
        "\\x, \\u or \\U without its hexadecimal digits",
        "write \\\\ for \\, or use single quotes",
    ),
    "alphabetic or numeric": ("& and * begin anchors and aliases, which are refused", "quote the text"),
    "tag": ("! begins a tag, and tags are refused", "quote the text"),
    "expected <document start>": (
        "text after the end",
        "align it with the first key, or delete a bracket too many",
    ),
    "expected comment or line break": ("text behind | or >", "begin the text on the next line"),
    "indentation indicator": ("| or > with a wrong indentation", "write | or > alone"),
}
