package dev.sluice.server.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is asked by the JDK about each connection of a socket and each request of an HTTP client, redirected ones too, before it is
 * made. Addresses that are numbers are never looked up, so this is where they are held against what may be reached; and a name
 * that may be reached at one port is held to it.
 */
final class GuardedRoutes extends ProxySelector {
    private final Reach reach;
    private final @Nullable ProxySelector others;

    /**
     * One before the proxies of the process.
     *
     * @param others who knows these; null for nobody
     */
    GuardedRoutes(Reach reach, @Nullable ProxySelector others) {
        this.reach = reach;
        this.others = others;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = host(uri);
        if (host != null) {
            require(host, port(uri));
        }
        return others == null ? List.of(Proxy.NO_PROXY) : others.select(uri);
    }

    private void require(String host, int port) {
        if (reach.names(host, port)) {
            return;
        }
        Optional<InetAddress> literal = Reach.literal(host);
        if (literal.isPresent()) {
            if (!reach.allows(literal.get())) {
                throw RefusedHost.problem(host);
            }
        } else if (reach.names(host)) {
            try {
                // The name passes for another port; here it counts by what it stands for.
                if (!Arrays.stream(InetAddress.getAllByName(host)).allMatch(reach::allows)) {
                    throw RefusedHost.problem(host);
                }
            } catch (UnknownHostException unknown) {
                // whoever connects will say so
            }
        }
    }

    /** A host with a sign that names of the web do not have is no host for {@code URI}. */
    private static @Nullable String host(URI uri) {
        if (uri.getHost() != null) {
            return uri.getHost();
        }
        String authority = uri.getRawAuthority();
        return authority == null ? null : authority.replaceFirst("^.*@", "").replaceFirst(":[0-9]*$", "");
    }

    private static int port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        String authority = uri.getRawAuthority();
        if (uri.getHost() == null && authority != null && authority.matches(".*:[0-9]{1,5}")) {
            return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
        }
        return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        if (others != null) {
            others.connectFailed(uri, address, failure);
        }
    }
}
