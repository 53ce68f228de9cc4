package dev.sluice.server.net;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.UnknownHostException;

/** A name that somebody knows, and that this server does not connect to. */
final class RefusedHost extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedHost(String host) {
        super(host + ": this server does not connect to it, since it is not public; the operator can name it in"
                + " SLUICE_REACH");
    }

    static ProblemException problem(String host) {
        return Problem.of("E_REACH", ProblemKind.PERMISSION, "the server does not connect to this host for its users")
                .at(host)
                .because("it is in a private network, or the machine itself")
                .fix("use a public address, or have whoever operates the server name the host or its network in"
                        + " SLUICE_REACH")
                .exception();
    }
}
