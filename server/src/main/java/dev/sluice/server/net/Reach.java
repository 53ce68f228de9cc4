package dev.sluice.server.net;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which machines may be connected to: all that are public, and those that the operator names. Names of the operator may be
 * bound to a port, so that what the server itself needs, such as its store, lets nobody at what else listens there.
 */
public final class Reach {
    /** All addresses that belong to nobody's own network. */
    public static final Reach PUBLIC = new Reach(false, List.of(), List.of());

    /** All that there are, for a server that only its owner reaches. */
    public static final Reach ALL = new Reach(true, List.of(), List.of());

    /** The cloud of a large vendor tells machines about themselves here, at an address that looks public. */
    private static final String WIRE_SERVER = "168.63.129.16";

    private static final int ANY_PORT = 0;

    /** For a name that may be looked up, and not for that reason connected to. */
    private static final int NO_PORT = -1;

    private final boolean all;
    private final List<Network> networks;
    private final List<Host> hosts;

    private Reach(boolean all, List<Network> networks, List<Host> hosts) {
        this.all = all;
        this.networks = List.copyOf(networks);
        this.hosts = List.copyOf(hosts);
    }

    /** Addresses that begin alike. */
    private record Network(InetAddress address, int bits) {
        boolean has(InetAddress other) {
            byte[] own = address.getAddress();
            byte[] theirs = other.getAddress();
            if (own.length != theirs.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i % 8);
                if ((own[i / 8] & mask) != (theirs[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A name, also one with a star for what comes before its first dot. */
    private record Host(String name, int port) {
        boolean isNamed(String host) {
            return name.startsWith("*.") ? host.endsWith(name.substring(1)) : name.equals(host);
        }
    }

    /**
     * What an operator says: networks ({@code 10.0.0.0/8}), addresses, names ({@code db.internal}, {@code *.corp.example}),
     * separated by commas or spaces; {@code *} for all.
     *
     * @throws ProblemException code {@code E_SERVER_SETTING}
     */
    public static Reach of(String text) {
        List<Network> networks = new ArrayList<>();
        List<Host> hosts = new ArrayList<>();
        for (String entry : text.strip().split("[,\\s]+", -1)) {
            if (entry.equals("*")) {
                return ALL;
            }
            int slash = entry.indexOf('/');
            Optional<InetAddress> address = literal(slash < 0 ? entry : entry.substring(0, slash));
            if (address.isPresent()) {
                networks.add(network(entry, address.get(), slash < 0 ? "" : entry.substring(slash + 1)));
            } else if (entry.matches("(\\*\\.)?[\\p{L}0-9_]([\\p{L}0-9._-]*)")) {
                hosts.add(new Host(plain(entry), ANY_PORT));
            } else if (!entry.isEmpty()) {
                throw wrong(entry);
            }
        }
        return new Reach(false, networks, hosts);
    }

    private static Network network(String entry, InetAddress address, String bits) {
        int most = address.getAddress().length * 8;
        if (bits.isEmpty()) {
            return new Network(address, most);
        }
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
            throw wrong(entry);
        }
        return new Network(address, Integer.parseInt(bits));
    }

    private static ProblemException wrong(String entry) {
        return Problem.of("E_SERVER_SETTING", ProblemKind.CONFIG, "a setting of the server does not make sense")
                .at("SLUICE_REACH")
                .because("it has networks such as 10.0.0.0/8, addresses and names, and " + entry + " is none")
                .fix("change the variable, or leave it out")
                .exception();
    }

    /** The same, and one service besides. */
    public Reach and(String host, int port) {
        List<Host> more = new ArrayList<>(hosts);
        more.add(new Host(plain(host), port));
        return new Reach(all, networks, more);
    }

    /** The same, and a name besides that may be looked up; it may be connected to only if its addresses may. */
    public Reach andName(String host) {
        return and(host, NO_PORT);
    }

    /** True if everything may be reached. */
    public boolean isAll() {
        return all;
    }

    /** True if whoever has this address may be connected to. */
    boolean allows(InetAddress address) {
        return all || isPublic(address) || networks.stream().anyMatch(network -> network.has(address));
    }

    /** True if the operator has named a host, for whichever port. */
    boolean names(String host) {
        String name = plain(host);
        return all || hosts.stream().anyMatch(each -> each.isNamed(name));
    }

    /** True if the operator has named a host for this port. */
    boolean names(String host, int port) {
        String name = plain(host);
        return all
                || hosts.stream()
                        .anyMatch(each -> (each.port() == ANY_PORT || each.port() == port) && each.isNamed(name));
    }

    /** The address that a text is, however it is spelled; empty for a name. */
    static Optional<InetAddress> literal(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException isName) {
            return Optional.empty();
        }
    }

    /** One spelling for each host. */
    private static String plain(String host) {
        Optional<InetAddress> address = literal(host);
        if (address.isPresent()) {
            return address.get().getHostAddress();
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        try {
            return name.startsWith("*.") ? "*." + IDN.toASCII(name.substring(2)) : IDN.toASCII(name);
        } catch (IllegalArgumentException unusual) {
            return name;
        }
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
