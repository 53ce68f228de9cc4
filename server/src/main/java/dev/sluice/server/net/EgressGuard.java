package dev.sluice.server.net;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the server from being sent where its users could not go themselves: to itself, to the network that it stands in, and
 * to the addresses where clouds tell machines their secrets. It looks at the addresses that a name stands for; whoever
 * connects takes these, so that a name cannot stand for another one a moment later.
 */
public final class EgressGuard {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LONGEST = 2_000;

    private final Reach reach;
    private final Resolver resolver;

    /** Tells which addresses a name stands for. */
    interface Resolver {
        /** The addresses. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private EgressGuard(Reach reach, Resolver resolver) {
        this.reach = reach;
        this.resolver = resolver;
    }

    /** One that lets public addresses pass only. */
    public static EgressGuard strict() {
        return of(Reach.PUBLIC);
    }

    /** One that lets pass what may be reached. */
    public static EgressGuard of(Reach reach) {
        return new EgressGuard(reach, InetAddress::getAllByName);
    }

    /** One that lets all addresses pass, for a server that nobody but its owner reaches. */
    public static EgressGuard open() {
        return of(Reach.ALL);
    }

    static EgressGuard strict(Resolver resolver) {
        return new EgressGuard(Reach.PUBLIC, resolver);
    }

    /**
     * Reads an address that somebody gives; does not look where it leads.
     *
     * @throws ProblemException code {@code E_URL}, if nothing can be sent there
     */
    public static URI parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException malformed) {
            throw refused("it is no address", null);
        }
        String scheme = uri.getScheme();
        if (text.length() > LONGEST || scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
            throw refused("it has to begin with http:// or https://", null);
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw refused("it has to name a host, and neither a user nor a fragment", null);
        }
        return uri;
    }

    /**
     * Where an address leads: the first of its addresses, if all of them may be reached.
     *
     * @throws ProblemException code {@code E_URL}, if one of them may not; {@code E_UNKNOWN_HOST}, if there are none
     */
    public InetAddress check(URI uri) {
        String host = uri.getHost();
        String name = host.startsWith("[") ? host : IDN.toASCII(host);
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(name);
        } catch (UnknownHostException unknown) {
            if (GuardedResolver.isRefused(name)) {
                throw refused("it leads to an address that is not public", name);
            }
            throw Problem.of("E_UNKNOWN_HOST", ProblemKind.UNREACHABLE, "nobody knows the host")
                    .at(name)
                    .fix("look whether it is spelled right")
                    .exception();
        }
        if (!reach.names(name)) {
            for (InetAddress address : addresses) {
                if (!reach.allows(address)) {
                    throw refused("it leads to an address that is not public", name);
                }
            }
        }
        return addresses[0];
    }

    /**
     * Refuses a host that somebody gives for a connection of any kind. One that nobody knows passes: whoever connects will say so.
     *
     * @throws ProblemException code {@code E_REACH}
     */
    void requireHost(String host) {
        try {
            InetAddress[] addresses = resolver.resolve(host);
            if (!reach.names(host) && !Arrays.stream(addresses).allMatch(reach::allows)) {
                throw RefusedHost.problem(host);
            }
        } catch (UnknownHostException unknown) {
            if (GuardedResolver.isRefused(host)) {
                throw RefusedHost.problem(host);
            }
        }
    }

    private static ProblemException refused(String why, @Nullable String host) {
        Problem problem = Problem.of("E_URL", ProblemKind.CONFIG, "the server does not send anything to this address")
                .because(why)
                .fix("give an address that everybody can reach, or have the operator name it in SLUICE_REACH");
        return (host == null ? problem : problem.at(host)).exception();
    }
}
