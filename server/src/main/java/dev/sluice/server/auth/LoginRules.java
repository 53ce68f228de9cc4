package dev.sluice.server.auth;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who has to log in, and how.
 *
 * @param required false if everybody at this machine may do everything
 * @param basic true if passwords may come with each request, as older clients send them
 */
public record LoginRules(boolean required, boolean basic) {
    /** Nobody has to, on a server that nobody but this machine reaches. */
    public static final LoginRules NONE = new LoginRules(false, false);

    /**
     * Refuses to listen where others could come in without a login.
     *
     * @param host the address to listen at
     * @param accounts how many accounts may log in
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_OPEN_TO_ALL}
     */
    public void requireSafe(String host, long accounts) {
        boolean isLoopback = isLoopback(host);
        if (!required && !isLoopback) {
            throw refusal(host, "everybody who reaches this machine could read and change everything")
                    .fix("listen at 127.0.0.1, or have people log in")
                    .exception();
        }
        if (required && accounts == 0 && !isLoopback) {
            throw refusal(host, "a login is asked for, and there is no account")
                    .fix("make an account first")
                    .exception();
        }
    }

    /** True if only this machine reaches an address. A name counts if all that it stands for does. */
    static boolean isLoopback(String host) {
        if (host.isEmpty()) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static Problem refusal(String host, String why) {
        return Problem.of("E_OPEN_TO_ALL", ProblemKind.CONFIG, "the server would be open to others")
                .at(host)
                .because(why);
    }
}
