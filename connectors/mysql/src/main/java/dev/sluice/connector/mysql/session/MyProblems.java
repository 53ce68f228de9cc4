package dev.sluice.connector.mysql.session;

import dev.sluice.cdk.net.ConnectProblems;
import dev.sluice.connector.mysql.wire.ServerError;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Turns the server's and the driver's errors into problems: the one place that judges whose matter an error is and
 * whether trying again can help. The numbers are those of MySQL's "Server Error Message Reference", which MariaDB shares.
 */
public final class MyProblems {
    private MyProblems() {}

    /** The problem of a failed statement. */
    static ProblemException of(SQLException failure, String place) {
        return judge(failure.getErrorCode(), String.valueOf(failure.getSQLState()), plain(failure), place)
                .exception(failure);
    }

    /** The problem of bulk data that broke off. */
    public static ProblemException of(IOException failure, String place) {
        if (failure instanceof ServerError server) {
            return judge(server.number(), server.sqlState(), String.valueOf(server.getMessage()), place)
                    .exception(failure);
        }
        return ConnectProblems.lost(failure).at(place).exception(failure);
    }

    /** The problem of a connection that could not be made. */
    static ProblemException connecting(SQLException failure, String place) {
        String message = plain(failure);
        Problem problem = ConnectProblems.of(failure).orElse(null);
        if (problem == null && message.contains("ssl not enabled in the server")) {
            problem = ConnectProblems.tls("the server does not offer it");
        }
        if (problem == null && message.contains("RSA public key")) {
            problem = Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the password would travel unprotected")
                    .because("the account logs in by caching_sha2_password, as MySQL has it by default, without TLS")
                    .fix("let the server offer TLS (ssl_mode), or where nobody can pose as the server set the driver"
                            + " property allowPublicKeyRetrieval to true");
        }
        if (problem == null && message.contains("does not support authentication protocol")) {
            // For an account that is not there MySQL asks by any of its ways, so that nobody learns which there are.
            problem = Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the account cannot log in")
                    .because(message)
                    .fix("check the username; an account that is there has to log in by caching_sha2_password,"
                            + " mysql_native_password or ed25519");
        }
        if (problem == null
                && failure.getErrorCode() == 0
                && String.valueOf(failure.getSQLState()).startsWith("08")) {
            problem = Problem.of("E_UNREACHABLE", ProblemKind.UNREACHABLE, "the server cannot be reached")
                    .because(message)
                    .fix("check host and port");
        }
        return problem == null ? of(failure, place) : problem.at(place).exception(failure);
    }

    private static Problem judge(int number, String sqlState, String message, String place) {
        return judge(number, sqlState, message).at(place).because("error " + number + " (SQLSTATE " + sqlState + ")");
    }

    private static Problem judge(int number, String sqlState, String message) {
        return switch (number) {
            case 1045, 1698, 1862, 3118, 4151 ->
                Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, message)
                        .fix("check username and password, and the hosts from which the account may connect");
            case 1044, 1142, 1143, 1227, 1370 ->
                Problem.of("E_NOT_PERMITTED", ProblemKind.PERMISSION, message).fix("grant the account what is missing");
            case 1290, 1792, 1836 ->
                Problem.of("E_READ_ONLY", ProblemKind.PERMISSION, message)
                        .fix("connect to the primary server, or to one that may be written");
            case 1236 ->
                Problem.of("E_LOG_GAP", ProblemKind.INTEGRITY, message)
                        .fix("copy the streams from the beginning: `sluice state rewind`");
            case 1049 ->
                Problem.of("E_NO_DATABASE", ProblemKind.CONFIG, message).fix("check the option database");
            case 1146, 1356 ->
                Problem.of("E_NO_TABLE", ProblemKind.CONFIG, message).fix("see what there is with `sluice discover`");
            case 1054 ->
                Problem.of("E_NO_COLUMN", ProblemKind.CONFIG, message)
                        .fix("the table was changed in the meantime; run it again");
            case 1412, 1213, 1205, 1020, 3572 -> Problem.of("E_CONCURRENT_CHANGE", ProblemKind.TRANSIENT, message);
            case 1317, 1969, 3024 -> Problem.of("E_QUERY_CANCELLED", ProblemKind.TRANSIENT, message);
            case 1021, 1114, 1030 ->
                Problem.of("E_DISK_FULL", ProblemKind.RESOURCE, message)
                        .fix("free disk space on the server, or raise its limits");
            case 1040, 1203, 1226 ->
                Problem.of("E_TOO_MANY_CONNECTIONS", ProblemKind.RESOURCE, message)
                        .fix("allow the account more connections, or read with fewer at a time");
            case 1118, 1117, 1071, 1059, 1074, 1153, 1301 -> Problem.of("E_SERVER_LIMIT", ProblemKind.DATA, message);
            case 3948, 1148, 4166 ->
                Problem.of("E_LOCAL_INFILE", ProblemKind.CONFIG, message).fix("SET GLOBAL local_infile = 1");
            // What strict mode, checks and triggers refuse, under SQLSTATEs that say nothing of it.
            case 1265, 1366, 1364, 3819 -> Problem.of("E_VALUE_REFUSED", ProblemKind.DATA, message);
            case 1053, 1077, 1079, 1927, 1080 ->
                Problem.of("E_SERVER_STOPPED", ProblemKind.TRANSIENT, message)
                        .fix("run it again when the server is up");
            default -> byClass(sqlState, message);
        };
    }

    private static Problem byClass(String sqlState, String message) {
        return switch (sqlState.length() < 2 ? "" : sqlState.substring(0, 2)) {
            case "08" -> Problem.of("E_CONNECTION_LOST", ProblemKind.TRANSIENT, message);
            case "22", "23", "45" -> Problem.of("E_VALUE_REFUSED", ProblemKind.DATA, message);
            case "28" ->
                Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, message).fix("check username and password");
            case "40" -> Problem.of("E_CONCURRENT_CHANGE", ProblemKind.TRANSIENT, message);
            case "70" -> Problem.of("E_QUERY_CANCELLED", ProblemKind.TRANSIENT, message);
            default -> Problem.of("E_SERVER_ERROR", ProblemKind.INTERNAL, message);
        };
    }

    /** The driver puts the number of the connection in front of what the server said. */
    private static String plain(SQLException failure) {
        return String.valueOf(failure.getMessage())
                .replaceFirst("^\\(conn=\\d+\\) ", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
