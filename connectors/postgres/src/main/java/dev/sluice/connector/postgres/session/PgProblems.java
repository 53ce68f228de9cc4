package dev.sluice.connector.postgres.session;

import dev.sluice.cdk.net.ConnectProblems;
import dev.sluice.connector.postgres.copy.PgWire;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns the server's and the driver's errors into problems: the one place that judges whose matter an error is and
 * whether trying again can help. The classes of SQLSTATE are those of PostgreSQL's documentation, appendix A.
 */
public final class PgProblems {
    private PgProblems() {}

    /** The problem of a failed statement. */
    static ProblemException of(SQLException failure, String place) {
        ServerErrorMessage server = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
        String message = server == null || server.getMessage() == null ? plain(failure) : server.getMessage();
        String detail = server == null ? null : server.getDetail();
        return judge(String.valueOf(failure.getSQLState()), message, detail, place)
                .exception(failure);
    }

    /** The problem of a failed COPY. */
    public static ProblemException of(IOException failure, String place) {
        if (failure instanceof PgWire.ServerError server) {
            String more = server.where() == null ? server.detail() : server.where();
            return judge(server.sqlState(), String.valueOf(server.getMessage()), more, place)
                    .exception(failure);
        }
        return ConnectProblems.lost(failure).at(place).exception(failure);
    }

    /** The problem of a connection that could not be made. */
    static ProblemException connecting(SQLException failure, String place) {
        return ConnectProblems.of(failure)
                .map(problem -> problem.at(place).exception(failure))
                .orElseGet(() -> of(failure, place));
    }

    private static Problem judge(String sqlState, String message, @Nullable String detail, String place) {
        String why = detail == null ? "SQLSTATE " + sqlState : detail + " (SQLSTATE " + sqlState + ")";
        Problem problem = switch (sqlState) {
            case "28P01", "28000" ->
                Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, message)
                        .fix("check username and password, and the server's pg_hba.conf");
            case "3D000" ->
                Problem.of("E_NO_DATABASE", ProblemKind.CONFIG, message).fix("check the option database");
            case "42501" ->
                Problem.of("E_NOT_PERMITTED", ProblemKind.PERMISSION, message).fix("grant the role what is missing");
            case "25006" ->
                Problem.of("E_READ_ONLY", ProblemKind.PERMISSION, message)
                        .fix("connect to the primary server, or to a database that may be written");
            case "53100" ->
                Problem.of("E_DISK_FULL", ProblemKind.RESOURCE, message).fix("free disk space on the server");
            case "42P01", "3F000" ->
                Problem.of("E_NO_TABLE", ProblemKind.CONFIG, message).fix("see what there is with `sluice discover`");
            case "42703" ->
                Problem.of("E_NO_COLUMN", ProblemKind.CONFIG, message)
                        .fix("the table was changed in the meantime; run it again");
            case "2BP01" ->
                Problem.of("E_DEPENDENTS", ProblemKind.CONFLICT, message)
                        .fix("drop the views that depend on the table, or set drop_cascade");
            case "54000", "54001", "54011" -> Problem.of("E_SERVER_LIMIT", ProblemKind.DATA, message);
            // What a function of the database raises: a rule of its owner.
            case "P0001" -> Problem.of("E_VALUE_REFUSED", ProblemKind.DATA, message);
            case "57014" -> Problem.of("E_QUERY_CANCELLED", ProblemKind.TRANSIENT, message);
            default -> byClass(sqlState, message);
        };
        return problem.at(place).because(why);
    }

    private static Problem byClass(String sqlState, String message) {
        return switch (sqlState.length() < 2 ? "" : sqlState.substring(0, 2)) {
            case "08" -> Problem.of("E_CONNECTION_LOST", ProblemKind.TRANSIENT, message);
            case "22", "23" -> Problem.of("E_VALUE_REFUSED", ProblemKind.DATA, message);
            case "40", "55" -> Problem.of("E_CONCURRENT_CHANGE", ProblemKind.TRANSIENT, message);
            case "53" -> Problem.of("E_SERVER_RESOURCES", ProblemKind.RESOURCE, message);
            case "57" ->
                Problem.of("E_SERVER_STOPPED", ProblemKind.TRANSIENT, message)
                        .fix("run it again when the server is up");
            case "58" -> Problem.of("E_SERVER_SYSTEM", ProblemKind.RESOURCE, message);
            default -> Problem.of("E_SERVER_ERROR", ProblemKind.INTERNAL, message);
        };
    }

    private static String plain(SQLException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
