# Finds a Java that can run Sluice. Sourced by the launchers, never run by itself; POSIX sh, Linux and macOS.

SLUICE_JAVA_MINIMUM=25

# Sets java_major to the main version of the Java in folder $1, or to 0, and java_build to what tells its builds apart.
# Reads the file "release", since to start each Java would cost half a second.
sluice_java_major() {
    java_major=0
    java_build=
    [ -x "$1/bin/java" ] || return 0
    java_version=
    if [ -r "$1/release" ]; then
        while IFS= read -r java_line || [ -n "$java_line" ]; do
            case $java_line in
                JAVA_VERSION=*)
                    java_version=${java_line#*=}
                    java_version=${java_version#\"}
                    ;;
                IMPLEMENTOR_VERSION=* | JAVA_RUNTIME_VERSION=*)
                    java_line=${java_line#*=\"}
                    java_build=$java_build-${java_line%\"}
                    ;;
            esac
        done <"$1/release"
    else
        java_version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 |
            sed -n 's/^ *java\.specification\.version = //p')
    fi
    java_version=${java_version%%[!0-9]*}
    java_major=${java_version:-0}
}

# Sets java_home to $1 and succeeds if that is a Java new enough.
sluice_java_fits() {
    [ -n "$1" ] || return 1
    sluice_java_major "$1"
    if [ "$java_major" -ge "$SLUICE_JAVA_MINIMUM" ]; then
        java_home=$1
        return 0
    fi
    if [ "$java_major" -gt 0 ]; then
        java_too_old="$java_too_old
  $1 (Java $java_major)"
    fi
    return 1
}

# Sets resolved to $1 with all symbolic links of its last part followed.
sluice_resolve() {
    resolved=$1
    while [ -L "$resolved" ]; do
        link=$(readlink "$resolved")
        case $link in
            /*) resolved=$link ;;
            *) resolved=${resolved%/*}/$link ;;
        esac
    done
}

# Sets java_home, or fails with java_too_old telling what was seen. With "jdk" as $1, a Java that can also compile.
# SLUICE_JAVA_PLACES, folders with blanks between them, takes the place of the usual places; the tests set it.
sluice_find_java() {
    java_home=
    java_too_old=
    java_wanted=${1:-}
    java_on_path=$(command -v java 2>/dev/null || :)
    if [ -n "$java_on_path" ]; then
        sluice_resolve "$java_on_path"
        java_on_path=${resolved%/bin/java}
        # On a Mac this is no Java but asks for one.
        [ "$java_on_path" != /usr ] || java_on_path=
    fi
    if [ -n "${SLUICE_JAVA_PLACES+set}" ]; then
        # shellcheck disable=SC2086 # they are several words
        set -- $SLUICE_JAVA_PLACES
    else
        set -- /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/*java* /opt/java/* \
            "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/* \
            "${HOME:-/nowhere}"/.asdf/installs/java/* "${HOME:-/nowhere}"/.local/share/mise/installs/java/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home \
            "${HOME:-/nowhere}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
            /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
            /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    fi
    # Who names one gets that one or is told why not.
    [ -z "${SLUICE_JAVA_HOME:-}" ] || set -- "$SLUICE_JAVA_HOME"
    [ -n "${SLUICE_JAVA_HOME:-}" ] || set -- "${JAVA_HOME:-}" "$java_on_path" "$@"
    for candidate in "$@"; do
        if [ "$java_wanted" = jdk ] && [ ! -x "$candidate/bin/javac" ]; then
            continue
        fi
        sluice_java_fits "$candidate" && return 0
    done
    return 1
}

# Says how to get a Java, and ends with 3: the environment lacks something.
sluice_require_java() {
    sluice_find_java "$@" && return 0
    {
        if [ -n "${SLUICE_JAVA_HOME:-}" ]; then
            echo "error: SLUICE_JAVA_HOME=$SLUICE_JAVA_HOME is not a JDK $SLUICE_JAVA_MINIMUM or newer"
        else
            echo "error: Sluice needs a JDK $SLUICE_JAVA_MINIMUM or newer, and none was found"
            echo "Looked in SLUICE_JAVA_HOME, JAVA_HOME, PATH, and the usual places of this system."
        fi
        [ -z "$java_too_old" ] || echo "Too old:$java_too_old"
        echo "Get one:"
        case $(uname -s) in
            Darwin) echo "  brew install openjdk" ;;
            *)
                echo "  your system's packages: apt install openjdk-25-jdk, dnf install java-25-openjdk-devel, or alike"
                ;;
        esac
        echo "  or SDKMAN: sdk install java 25-tem"
        echo "Or name one that you have: SLUICE_JAVA_HOME=/path/to/jdk"
    } >&2
    exit 3
}
