# Reads strace's files, one per thread, and says which process opened files of which folder and connected to which socket. Exit status 1 when a
# process went where it may not go. Called by tools/two-zones with -v work=FOLDER -v port=THE_HUBS_PORT.
FNR == 1 {
    thread = FILENAME
    sub(/.*\.t\./, "", thread)
    sub(/.*\/t\./, "", thread)
}

# A thread belongs to the process that made it; everything else that is made is a process.
/^(clone3?|fork|vfork)\(/ && / = [0-9]+$/ {
    if (/CLONE_THREAD/) owner[$NF] = thread
    next
}

/^execve(at)?\(/ && / = 0$/ {
    program[thread] = "other"
    if (match($0, /org\.vauban\.[a-zA-Z.]*Main/)) {
        program[thread] = substr($0, RSTART, RLENGTH)
        sub(/.*\./, "", program[thread])
        if (program[thread] == "Main") program[thread] = / "serve"[,\]]/ && / "--port"/ ? "hub" : "launcher"
    }
    next
}

# With -y the path that was really opened stands behind the descriptor; without success only the one that was asked for is known.
/^open(at|at2)?\(/ {
    if (match($0, /= [0-9]+<[^>]*>$/)) {
        path = substr($0, RSTART, RLENGTH)
        sub(/^= [0-9]+</, "", path)
        sub(/>$/, "", path)
    } else {
        match($0, /"[^"]*"/)
        path = substr($0, RSTART + 1, RLENGTH - 2)
    }
    count(place(path), "opened")
    next
}

/^(connect|sendto)\(/ && match($0, /sun_path="[^"]*"/) {
    path = substr($0, RSTART + 10, RLENGTH - 11)
    count(place(path) " " last(path), "connected")
    next
}

# A web server that stops wakes itself through its own port.
/^(connect|sendto)\(.*sa_family=AF_INET/ { count(index($0, "port=htons(" port ")") ? "itself" : "network", "connected") }

function last(path) { sub(/.*\//, "", path); return path }

function place(path) {
    if (index(path, work "/") != 1) return "elsewhere"
    path = substr(path, length(work) + 2)
    # Which of the two envelopes it is matters: the hub carries one of them only.
    if (path ~ /^envelopes\/[^\/]*\/identity\/[^\/]*$/) return "identity envelopes"
    sub(/\/.*/, "", path)
    return path
}

function count(where, what) { times[thread, where, what]++ }

END {
    for (key in times) {
        split(key, part, SUBSEP)
        leader = part[1]
        while (leader in owner) leader = owner[leader]
        name = leader in program ? program[leader] : "other"
        all[name SUBSEP part[2] SUBSEP part[3]] += times[key]
    }
    for (key in all) {
        split(key, part, SUBSEP)
        if (part[2] != "elsewhere" && part[2] !~ /^elsewhere /) {
            printf "  %-14s %-10s %-40s %6d\n", part[1], part[3], part[2], all[key] | "sort"
        }
    }
    close("sort")
    wrong = 0
    only("hub", "opened", "home|envelopes|rejects\\.csv", "the hub opens files of HOME and health envelopes, none of a producer, a custodian or the identity zone")
    only("hub", "connected", "home-custodian custodian\\.sock|home-identity answers\\.sock|itself", "the hub connects to its own custodian and to the identity zone's answers, to nothing else")
    only("IdentityMain", "opened", "home-identity", "the identity zone opens its own files, none of HOME, a producer or a custodian")
    only("IdentityMain", "connected", "home-identity-custodian custodian\\.sock", "the identity zone connects to its own custodian, to nothing else")
    only("DepositMain", "connected", "home-identity door\\.sock", "the producers' splitter connects to the identity zone's door, to nothing else")
    exit wrong
}

# Also fails when nothing of the kind was seen: then the trace was blind.
function only(who, what, allowed, sentence,    key, part, seen, held) {
    held = 1
    for (key in all) {
        split(key, part, SUBSEP)
        if (part[1] == who && part[3] == what && part[2] !~ /^elsewhere/) {
            seen = 1
            if (part[2] !~ ("^(" allowed ")$")) held = 0
        }
    }
    if (!seen || !held) wrong = 1
    print (seen && held ? "  held    " : "  FAILED  ") sentence
}
