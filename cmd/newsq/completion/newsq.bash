# bash completion for newsq, for bash 3.2 and newer. It needs no other package.
#
#   source <(newsq completion bash)

# __newsq_split splits a command line into words, without the quotation marks and
# backslashes of the shell, and evaluates nothing. It sets words, and quote, the mark
# of a quotation that is open at the end.
__newsq_split() {
    local line=$1 word='' begun='' c next i
    words=() quote=''
    for ((i = 0; i < ${#line}; i++)); do
        c=${line:i:1} next=${line:i+1:1}
        if [[ $quote == "'" ]]; then
            if [[ $c == "'" ]]; then quote=''; else word+=$c; fi
        elif [[ $quote == '"' ]]; then
            if [[ $c == '"' ]]; then
                quote=''
            elif [[ $c == "\\" && $next == ['"\$`'] ]]; then
                word+=$next
                ((i++))
            else
                word+=$c
            fi
        elif [[ $c == "'" || $c == '"' ]]; then
            quote=$c begun=1
        elif [[ $c == "\\" ]]; then
            word+=$next begun=1
            ((i++))
        elif [[ $c == [[:space:]] ]]; then
            [[ -n $begun ]] && words+=("$word")
            word='' begun=''
        else
            word+=$c begun=1
        fi
    done
    words+=("$word")
}

# __newsq_quote sets quoted to a text as it goes on behind what is typed: within the
# quotation that is open, or outside of one.
__newsq_quote() {
    local s=$1
    if [[ $quote == "'" ]]; then
        quoted=${s//"'"/"'\\''"}
    elif [[ $quote == '"' ]]; then
        s=${s//\\/\\\\}
        s=${s//\"/\\\"}
        s=${s//\$/\\\$}
        quoted=${s//\`/\\\`}
    elif [[ -n $s ]]; then
        printf -v quoted '%q' "$s"
    else
        quoted=''
    fi
}

__newsq_complete() {
    local words quote quoted program typed value kept line out directive tab=$'\t'
    local -a names=() notes=()
    COMPREPLY=()
    __newsq_split "${COMP_LINE:0:COMP_POINT}"
    program=${words[0]/#\~/$HOME}
    [[ $(type -t "$program") == file ]] || program=newsq
    typed=${words[${#words[@]}-1]}
    out=$("$program" __complete "${words[@]:1}" 2>/dev/null) || return
    directive=${out##*:}
    out=${out%:*}

    value=$typed
    [[ $typed == --*=* ]] && value=${typed#*=}
    # What readline puts the answer in place of: the word, from the last sign on that
    # parts words, such as a colon, and behind the mark of an open quotation.
    kept=${2-}
    [[ -n $quote ]] && kept=${kept#"$quote"}
    while IFS='' read -r line; do
        [[ -n $line && $line == "$value"* ]] || continue
        __newsq_quote "${line:${#value}}"
        if [[ $line == *"$tab"* ]]; then
            names+=("${line%%"$tab"*}") notes+=("${line#*"$tab"}")
            notes[${#notes[@]}-1]=${notes[${#notes[@]}-1]//\`/}
            __newsq_quote "${names[${#names[@]}-1]:${#value}}"
        fi
        COMPREPLY+=("$kept$quoted")
    done <<<"$out"

    if [[ $(type -t compopt) == builtin ]]; then
        ((directive & 2)) && compopt -o nospace
        ((directive & 4)) && compopt +o default
        ((directive & 32)) && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) && compopt -o nosort
    fi
    # A list for a person says what each answer is.
    if ((${#COMPREPLY[@]} > 1 && ${#names[@]} == ${#COMPREPLY[@]})) && [[ ${COMP_TYPE-} == 63 ]]; then
        local i width=0 room
        for line in "${COMPREPLY[@]}"; do ((${#line} > width)) && width=${#line}; done
        room=$((${COLUMNS:-80} - width - 4))
        for i in "${!COMPREPLY[@]}"; do
            ((room > 8)) && printf -v "COMPREPLY[i]" '%-*s  (%s)' "$width" "${COMPREPLY[i]}" "${notes[i]:0:room}"
        done
    fi
}

complete -o default -F __newsq_complete newsq
