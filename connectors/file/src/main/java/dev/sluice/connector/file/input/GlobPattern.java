package dev.sluice.connector.file.input;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A path with wildcards, in the manner of shells: {@code *} and {@code ?} within a name, {@code **} over directories
 * (also none), {@code [a-z]}, {@code {csv,tsv}}. A name that begins with a dot is matched only by a pattern that has the
 * dot.
 */
final class GlobPattern {
    private static final String SPECIAL = "*?[{";

    private final String directory;
    private final Pattern regex;

    private GlobPattern(String directory, Pattern regex) {
        this.directory = directory;
        this.regex = regex;
    }

    /** True if a path has wildcards. */
    static boolean isGlob(String path) {
        return path.chars().anyMatch(character -> SPECIAL.indexOf(character) >= 0);
    }

    /**
     * Reads a pattern whose separator is the slash.
     *
     * @throws IllegalArgumentException if a bracket is not closed
     */
    static GlobPattern parse(String path) {
        int wildcard = 0;
        while (SPECIAL.indexOf(path.charAt(wildcard)) < 0) {
            wildcard++;
        }
        int slash = path.lastIndexOf('/', wildcard);
        String directory = slash < 0 ? "" : path.substring(0, Math.max(1, slash));
        try {
            return new GlobPattern(directory, Pattern.compile(regex(path.substring(slash + 1)), Pattern.DOTALL));
        } catch (PatternSyntaxException open) {
            throw new IllegalArgumentException("the pattern " + path + " has a bracket that is not closed", open);
        }
    }

    /** The directory above the first wildcard; empty if it is the current one. */
    String directory() {
        return directory;
    }

    /** True if a path relative to {@link #directory()}, with slashes, matches. */
    boolean matches(String relative) {
        return regex.matcher(relative).matches();
    }

    private static String regex(String glob) {
        StringBuilder out = new StringBuilder();
        boolean nameBegins = true;
        int braces = 0;
        int at = 0;
        while (at < glob.length()) {
            char c = glob.charAt(at);
            if (nameBegins && (c == '*' || c == '?' || c == '[')) {
                out.append("(?!\\.)");
            }
            nameBegins = c == '/';
            if (glob.startsWith("**/", at)) {
                out.append("(?:[^/.][^/]*/)*");
                nameBegins = true;
                at += 3;
                continue;
            }
            if (glob.startsWith("**", at)) {
                out.append("(?:[^/.][^/]*/)*(?!\\.)[^/]*");
                at += 2;
                continue;
            }
            switch (c) {
                case '*' -> out.append("[^/]*");
                case '?' -> out.append("[^/]");
                case '[' -> at = appendClass(glob, at, out);
                case '{' -> {
                    out.append("(?:");
                    braces++;
                }
                case '}' -> {
                    out.append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> out.append(braces > 0 ? "|" : ",");
                default -> out.append(Pattern.quote(String.valueOf(c)));
            }
            at++;
        }
        return out.toString();
    }

    /** Copies a character class; returns the place of its closing bracket. */
    private static int appendClass(String glob, int open, StringBuilder out) {
        int close = glob.indexOf(']', open + 2);
        if (close < 0) {
            throw new IllegalArgumentException("the pattern " + glob + " has a bracket that is not closed");
        }
        String inner = glob.substring(open + 1, close);
        boolean negated = inner.startsWith("!") || inner.startsWith("^");
        String members = (negated ? inner.substring(1) : inner)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("&", "\\&")
                .replace("^", "\\^");
        out.append(negated ? "[^/" : "[").append(members).append(']');
        return close;
    }
}
