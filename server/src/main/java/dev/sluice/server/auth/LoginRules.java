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
     * Refuses to listen where others could come in without a login. Where people have to log in and nobody can, nobody comes in.
     *
     * @param host the address to listen at
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_OPEN_TO_ALL}
     */
    public void requireSafe(String host) {
        if (!required && !isLoopback(host)) {
            throw Problem.of("E_OPEN_TO_ALL", ProblemKind.CONFIG, "the server would be open to others")
                    .at(host)
                    .because("everybody who reaches this machine could read and change everything")
                    .fix("listen at 127.0.0.1, or have people log in")
                    .exception();
        }
    }

    /** True if only this machine reaches an address. A name counts if all that it stands for does. */
    public static boolean isLoopback(String host) {
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
}
