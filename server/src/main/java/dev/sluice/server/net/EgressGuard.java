package dev.sluice.server.net;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
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

    /** The cloud of a large vendor tells machines about themselves here, at an address that looks public. */
    private static final String WIRE_SERVER = "168.63.129.16";

    private final boolean open;
    private final Resolver resolver;

    /** Tells which addresses a name stands for. */
    interface Resolver {
        /** The addresses. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private EgressGuard(boolean open, Resolver resolver) {
        this.open = open;
        this.resolver = resolver;
    }

    /** One that lets public addresses pass only. */
    public static EgressGuard strict() {
        return new EgressGuard(false, InetAddress::getAllByName);
    }

    /** One that lets all addresses pass, for a server that nobody but its owner reaches. */
    public static EgressGuard open() {
        return new EgressGuard(true, InetAddress::getAllByName);
    }

    static EgressGuard strict(Resolver resolver) {
        return new EgressGuard(false, resolver);
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
            throw Problem.of("E_UNKNOWN_HOST", ProblemKind.UNREACHABLE, "nobody knows the host")
                    .at(name)
                    .fix("look whether it is spelled right")
                    .exception();
        }
        for (InetAddress address : addresses) {
            if (!open && !isPublic(address)) {
                throw refused("it leads to an address that is not public", name);
            }
        }
        return addresses[0];
    }

    private static ProblemException refused(String why, @Nullable String host) {
        Problem problem = Problem.of("E_URL", ProblemKind.CONFIG, "the server does not send anything to this address")
                .because(why)
                .fix("give an address that everybody can reach");
        return (host == null ? problem : problem.at(host)).exception();
    }

    /** True for addresses that belong to nobody's own network, to no machine itself, and to no group. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address four -> isPublic(bytes) && !WIRE_SERVER.equals(four.getHostAddress());
            case Inet6Address ignored -> isPublicSix(bytes);
            default -> false;
        };
    }

    private static boolean isPublic(byte[] four) {
        int first = four[0] & 0xff;
        int second = four[1] & 0xff;
        int third = four[2] & 0xff;
        return !(first == 0 // this network
                || first == 10
                || first == 127
                || (first == 100 && second >= 64 && second < 128) // carriers; metadata of a cloud too
                || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168)
                || (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 198 && (second == 18 || second == 19))
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113)
                || first >= 224); // groups, what is reserved, and all
    }

    private static boolean isPublicSix(byte[] six) {
        int first = six[0] & 0xff;
        if ((first & 0xfe) == 0xfc) {
            return false; // somebody's own network
        }
        if (first == 0x20 && six[1] == 0x02) {
            return isPublic(Arrays.copyOfRange(six, 2, 6)); // 6to4
        }
        if (first == 0 && six[1] == 0x64 && (six[2] & 0xff) == 0xff && (six[3] & 0xff) == 0x9b) {
            return isPublic(Arrays.copyOfRange(six, 12, 16)); // NAT64
        }
        if (first == 0x20 && six[1] == 0x01 && six[2] == 0 && six[3] == 0) {
            return false; // Teredo
        }
        return (first & 0xe0) == 0x20; // what is given out to the public at all
    }
}
