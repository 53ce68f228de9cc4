package dev.sluice.cdk.net;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong on the way to a server, judged by the exceptions of the JDK that drivers wrap. */
public final class ConnectProblems {
    private ConnectProblems() {}

    /**
     * The problem of a connection that could not be made; empty if the network had no part in it.
     *
     * @throws ProblemException if a connector's own socket factory failed with one
     */
    public static Optional<Problem> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Problem problem = judge(cause);
            if (problem != null) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Problem judge(Throwable cause) {
        return switch (cause) {
            case ProblemException known -> throw known;
            case UnknownHostException unknown -> unknownHost("there is no host " + unknown.getMessage());
            case UnresolvedAddressException ignored -> unknownHost("the name of the host is not known");
            case ConnectException refused ->
                unreachable(refused).fix("check host and port, and that the server accepts connections");
            case NoRouteToHostException noRoute -> unreachable(noRoute).fix("check host and port");
            case SocketTimeoutException late -> unreachable(late).fix("check host and port, and firewalls on the way");
            case SSLException tls -> tls(tls.getMessage());
            default -> null;
        };
    }

    private static Problem unknownHost(String message) {
        return Problem.of("E_UNKNOWN_HOST", ProblemKind.UNREACHABLE, message).fix("check the option host");
    }

    /** TLS failed for a reason that only the driver or the server knows. */
    public static Problem tls(@Nullable String why) {
        return Problem.of("E_TLS", ProblemKind.UNREACHABLE, "TLS could not be set up with the server")
                .because(why)
                .fix("check ssl_mode and its certificates");
    }

    private static Problem unreachable(IOException failure) {
        return Problem.of("E_UNREACHABLE", ProblemKind.UNREACHABLE, "the server cannot be reached")
                .because(failure.getMessage());
    }

    /** A connection that was made broke. */
    public static Problem lost(Throwable failure) {
        return Problem.of("E_CONNECTION_LOST", ProblemKind.TRANSIENT, "the connection to the server broke")
                .because(failure.getMessage())
                .fix("run it again; what was committed is kept, and the rest is read again");
    }
}
