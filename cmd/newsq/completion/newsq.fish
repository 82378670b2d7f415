# fish completion for newsq.
#
#   newsq completion fish | source
#   newsq completion fish > ~/.config/fish/completions/newsq.fish

# __newsq_unquote prints a word without quotation marks and backslashes of the shell. A
# quotation may be open at its end. Nothing is evaluated.
function __newsq_unquote
    for closed in "$argv" "$argv\"" "$argv'"
        string unescape -- $closed
        and return
    end
    echo -- "$argv"
end

# __newsq_complete prints what may stand in the place of the word at the cursor.
function __newsq_complete
    set -l words (commandline -opc) # without the word at the cursor, and unquoted
    set -l typed (__newsq_unquote (commandline -ct) | string collect)
    test (count $words) -gt 0; or return
    set -l program (string replace -r '^~' $HOME -- $words[1])
    type -q -- $program; or set program newsq
    set -l lines ($program __complete $words[2..-1] "$typed" 2>/dev/null); or return
    set -l directive (string replace ':' '' -- $lines[-1])
    # An answer is a value alone, and a flag with its value is one word.
    set -l flag (string match -r -- '^--[^=]*=' "$typed")
    for line in $lines[1..-2]
        string match -q -r '\t' -- "$line"; and set line (string replace -a '`' '' -- "$line")
        echo -- "$flag$line"
    end
    # Unless the answer says that names of files are none.
    if test (count $lines) -eq 1; and test (math "bitand($directive, 4)") -eq 0
        __fish_complete_path "$typed"
    end
end

complete -c newsq -e
complete -c newsq -f -a '(__newsq_complete)'
