package dev.sluice.connector.mysql.session;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which server answers.
 *
 * @param mariaDb true for MariaDB, false for MySQL and what behaves like it
 * @param major the first number of the version
 * @param minor the second number
 * @param text the version as the server spells it
 */
public record ServerVersion(boolean mariaDb, int major, int minor, String text) {
    private static final Pattern NUMBERS = Pattern.compile("^(?:5\\.5\\.5-)?(\\d+)\\.(\\d+)");

    /** Reads what {@code SELECT VERSION()} says; old proxies put 5.5.5 in front of MariaDB's own numbers. */
    static ServerVersion parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        boolean known = numbers.find();
        return new ServerVersion(
                text.contains("MariaDB"),
                known ? Integer.parseInt(numbers.group(1)) : 0,
                known ? Integer.parseInt(numbers.group(2)) : 0,
                text);
    }

    /** True if the version is this one or a later one. */
    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    /** True if it has what we need: window functions, and columns that are not cut to fit. */
    public boolean isSupported() {
        return mariaDb ? isAtLeast(10, 3) : isAtLeast(8, 0);
    }

    /** The product for people. */
    public String product() {
        return (mariaDb ? "MariaDB " : "MySQL ") + major + "." + minor;
    }

    /** The problem of a server that lacks what we need. */
    public Problem tooOld(String place) {
        return Problem.of("E_OLD_SERVER", ProblemKind.CONFIG, "MySQL 8.0 or MariaDB 10.3 or newer is needed")
                .at(place)
                .because("it is " + text)
                .fix("upgrade the server");
    }
}
