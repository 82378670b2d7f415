#compdef newsq
# zsh completion for newsq.
#
#   source <(newsq completion zsh)      # behind compinit
#   newsq completion zsh > "${fpath[1]}/_newsq"

_newsq() {
    local program typed=$PREFIX value out directive line kept
    local -a found kinds options

    # What is typed, without quotation marks and backslashes of the shell. Nothing is
    # evaluated.
    case $compstate[quote] in
        \') ;;
        \") typed=${typed//(#b)\\([\"\\\$\`])/$match[1]} ;;
        *) typed=${(Q)PREFIX} ;;
    esac
    program=${(Q)words[1]/#\~/$HOME}
    whence -p -- "$program" >/dev/null || program=newsq
    out=$("$program" __complete "${(@Q)words[2,CURRENT-1]}" "$typed" 2>/dev/null) || return 1
    directive=${out##*:}
    out=${out%:*}

    # An answer is a value alone, and a flag with its value is one word.
    value=$typed
    if [[ $typed == --*=* ]]; then
        value=${typed#*=}
        compset -P '--*='
    fi
    for line in "${(@f)out}"; do
        [[ -n $line && $line == "$value"* ]] || continue
        [[ $line == *$'\t'* ]] && line=${line//\`/}
        found+=("${${line//:/\\:}/$'\t'/:}")
    done
    ((directive & 2)) && options+=(-S '')
    ((directive & 32)) && kinds+=(-V)
    if ((${#found})); then
        _describe $kinds 'newsq' found $options
    elif ((!(directive & 4))); then
        _files
    else
        return 1
    fi
}

if [[ $funcstack[1] == _newsq ]]; then
    _newsq "$@"
else
    compdef _newsq newsq
fi
