package dev.sluice.server.boot;

import dev.sluice.engine.serve.ServerWish;
import dev.sluice.server.auth.oidc.OidcSettings;
import dev.sluice.server.net.ProcessGuard;
import dev.sluice.server.net.Reach;
import dev.sluice.server.telemetry.lineage.LineageSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a server that others use may connect to: what is public, what {@code SLUICE_REACH} names, and the
 * services that the server itself was told of, each at its port.
 */
final class Guarding {
    private static final String REACH = "SLUICE_REACH";

    /** Ports that an address means without saying them. */
    private static final Map<String, Integer> PORTS =
            Map.of("postgres", 5432, "postgresql", 5432, "smtp", 587, "smtps", 465, "http", 80, "https", 443);

    /** The variables that name services of the operator. */
    private static final List<String> SERVICES = List.of(
            Surroundings.MAIL,
            OidcSettings.ISSUER,
            LineageSettings.URL,
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");

    private Guarding() {}

    /** What the operator lets everybody reach. */
    static Reach reach(Map<String, String> environment) {
        return Reach.of(environment.getOrDefault(REACH, ""));
    }

    /** Begins to guard the process, for as long as it lives. */
    static void begin(ServerWish wish) {
        Reach reach = reach(wish.environment());
        if (!reach.isAll()) {
            ProcessGuard.begin(whole(wish, reach));
        }
    }

    /** With the services of the server itself. */
    static Reach whole(ServerWish wish, Reach named) {
        Reach reach = with(named, wish.store()).andName(wish.host()).andName("localhost");
        for (String service : SERVICES) {
            reach = with(reach, wish.environment().get(service));
        }
        for (String proxy : List.of("http", "https")) {
            String host = System.getProperty(proxy + ".proxyHost");
            if (host != null) {
                reach = reach.and(host, Integer.getInteger(proxy + ".proxyPort", PORTS.getOrDefault(proxy, 80)));
            }
        }
        try {
            // Libraries ask for the name of the machine, to say it to a mail server for instance.
            return reach.andName(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException unnamed) {
            return reach;
        }
    }

    private static Reach with(Reach reach, @Nullable String address) {
        if (address == null) {
            return reach;
        }
        try {
            URI uri = new URI(address.startsWith("jdbc:") ? address.substring("jdbc:".length()) : address);
            String scheme = String.valueOf(uri.getScheme());
            int port = uri.getPort() > 0 ? uri.getPort() : PORTS.getOrDefault(scheme, 0);
            return uri.getHost() == null || port == 0 ? reach : reach.and(uri.getHost(), port);
        } catch (URISyntaxException malformed) {
            return reach; // whoever needs it says so
        }
    }
}
