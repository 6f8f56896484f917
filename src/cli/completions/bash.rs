//! The script for bash. bash parts words at `=` and `:` too, which stand in options (`--agency=bdo`) and ids (`task:N14`): what
//! stands without a blank beside the word before it is put together again, and of what comes back only what is new is given.

/// The script; `asked` is the variable that says that a completion is asked for.
pub(super) fn script(asked: &str) -> String {
    SCRIPT.replace("ASKED", asked)
}

const SCRIPT: &str = r#"_tiendo() {
    local line="${COMP_LINE:0:COMP_POINT}" words=() word whole kept i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        if ((i == 0)) || [[ -z $line || $line == [[:space:]]* ]]; then
            line="${line#"${line%%[![:space:]]*}"}"
            words+=("")
        fi
        [[ $line == "$word"* ]] || word="$line"
        line="${line#"$word"}"
        words[${#words[@]}-1]+="$word"
    done
    whole="${words[${#words[@]}-1]}"
    kept="${whole%"${whole##*[=:]}"}"
    local IFS=$'\n'
    COMPREPLY=($(ASKED=bash _CLAP_IFS=$'\n' _CLAP_COMPLETE_INDEX=$((${#words[@]} - 1)) command tiendo -- "${words[@]}" 2>/dev/null))
    [[ ${COMP_WORDBREAKS-} == *[=:]* ]] && COMPREPLY=("${COMPREPLY[@]#"$kept"}")
    COMPREPLY=("${COMPREPLY[@]// /\\ }")
    if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == */ ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o nosort -F _tiendo tiendo 2>/dev/null || complete -F _tiendo tiendo
"#;
