package dev.sluice.server.boot;

import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.net.GuardedFetch;
import dev.sluice.server.net.GuardedHttp;
import dev.sluice.server.notify.Delivery;
import dev.sluice.server.notify.MailServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What whoever starts the server says about what is around it, by variables of the environment. */
final class Surroundings {
    /** The address at which people reach the server; it stands in messages. */
    static final String URL = "SLUICE_PUBLIC_URL";

    /** The server that mails go through. */
    static final String MAIL = "SLUICE_SMTP_URL";

    /** The sender of mails. */
    static final String FROM = "SLUICE_SMTP_FROM";

    /** {@code allow}: webhooks may lead to addresses that are not public; only where nobody else reaches the server. */
    static final String PRIVATE = "SLUICE_PRIVATE_ADDRESSES";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Surroundings() {}

    /** The ways of messages. */
    static Delivery.Ways ways(String host, int port, Map<String, String> environment) {
        String mail = environment.get(MAIL);
        return new Delivery.Ways(
                new GuardedHttp(guard(host, environment), PATIENCE),
                mail == null
                        ? null
                        : MailServer.of(mail, Objects.requireNonNullElse(environment.get(FROM), ""), PATIENCE),
                base(host, port, environment));
    }

    /** The address at which people reach the server, as the operator says it; null for where they call it. */
    static @Nullable String address(Map<String, String> environment) {
        String told = environment.get(URL);
        return told == null ? null : told.replaceAll("/+$", "");
    }

    static String base(String host, int port, Map<String, String> environment) {
        String told = environment.get(URL);
        return told == null ? "http://" + host + ":" + port : told.replaceAll("/+$", "");
    }

    /** What asks addresses that users give: everywhere where only the owner of the server can give them. */
    static GuardedFetch web(String host, Map<String, String> environment, Entrance entrance) {
        EgressGuard guard = entrance.rules().required() ? guard(host, environment) : EgressGuard.open();
        return new GuardedFetch(guard, PATIENCE.multipliedBy(3));
    }

    static EgressGuard guard(String host, Map<String, String> environment) {
        boolean allowed = "allow".equals(environment.get(PRIVATE)) && isLoopback(host);
        return allowed ? EgressGuard.open() : EgressGuard.of(Guarding.reach(environment));
    }

    private static boolean isLoopback(String host) {
        try {
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
