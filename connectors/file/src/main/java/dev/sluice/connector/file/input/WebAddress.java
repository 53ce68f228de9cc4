package dev.sluice.connector.file.input;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The address of a file on the web. It may hold credentials, so {@link #toString()} shows none. Immutable. */
final class WebAddress {
    private final URI uri;

    private WebAddress(URI uri) {
        this.uri = uri;
    }

    /**
     * Reads an address.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is none
     */
    static WebAddress parse(String text) {
        try {
            URI uri = URI.create(text.strip());
            if (uri.getHost() != null && isWeb(text)) {
                return new WebAddress(uri);
            }
        } catch (IllegalArgumentException malformed) {
            // falls through: the message must not repeat what may hold a password
        }
        throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the web address is not well formed")
                .at("path")
                .fix("it has to look like https://host/path/file.csv, with special characters as %20")
                .exception();
    }

    /** True if a path is an address on the web. */
    static boolean isWeb(String path) {
        String lower = path.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** What is asked for, without credentials. */
    URI request() {
        String raw = uri.getRawUserInfo();
        return raw == null ? uri : URI.create(uri.toString().replaceFirst("//[^/@]*@", "//"));
    }

    /** The header that carries the credentials of the address itself. */
    Optional<String> basicAuthorization() {
        return Optional.ofNullable(uri.getUserInfo())
                .map(info -> "Basic " + Base64.getEncoder().encodeToString(info.getBytes(StandardCharsets.UTF_8)));
    }

    /** The address that a redirection of this one leads to. */
    WebAddress redirected(String location) {
        URI target;
        try {
            target = request().resolve(location);
        } catch (IllegalArgumentException malformed) {
            throw refused("its target is no address");
        }
        WebAddress next = new WebAddress(target);
        if (target.getHost() == null || !isWeb(target.toString())) {
            throw refused("its target is not on the web");
        }
        if (isSecure() && !next.isSecure()) {
            throw refused("it leads from https to http, where others can read along");
        }
        if (!isInside() && next.isInside()) {
            throw refused("it leads from the internet to an address of a private network");
        }
        return next;
    }

    /** True if credentials for this address may be sent to the other one too. */
    boolean isSameSite(WebAddress other) {
        return uri.getScheme().equalsIgnoreCase(other.uri.getScheme())
                && uri.getHost().equalsIgnoreCase(other.uri.getHost())
                && uri.getPort() == other.uri.getPort();
    }

    private boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** True if the host is this machine or one of a private network; false if nobody knows the host. */
    private boolean isInside() {
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (isPrivate(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException unknown) {
            return false; // the request itself will tell
        }
    }

    static boolean isPrivate(InetAddress address) {
        return isPrivateItself(address)
                || embedded(address).filter(WebAddress::isPrivateItself).isPresent();
    }

    /** The IPv4 address that an IPv6 address leads to, where a network translates (RFC 4291, RFC 3056, RFC 6052). */
    private static Optional<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16) {
            return Optional.empty();
        }
        long high = ByteBuffer.wrap(bytes).getLong();
        int third = ByteBuffer.wrap(bytes).getInt(8);
        boolean atTheEnd = third == 0 && (high == 0 || high == 0x0064_FF9B_0000_0000L);
        if (atTheEnd) {
            return Optional.of(ofIpv4(Arrays.copyOfRange(bytes, 12, 16)));
        }
        return high >>> 48 == 0x2002 ? Optional.of(ofIpv4(Arrays.copyOfRange(bytes, 2, 6))) : Optional.empty();
    }

    private static InetAddress ofIpv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException fourBytesAreAlwaysRight) {
            throw new IllegalStateException(fourBytesAreAlwaysRight);
        }
    }

    private static boolean isPrivateItself(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        boolean sharedOrReserved =
                bytes.length == 4 && (first == 0 || (first == 100 && (second & 0xC0) == 64) || first >= 240);
        boolean uniqueLocal = address instanceof Inet6Address && (first & 0xFE) == 0xFC;
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || sharedOrReserved
                || uniqueLocal;
    }

    private ProblemException refused(String why) {
        return Problem.of("E_HTTP_REDIRECT", ProblemKind.PERMISSION, "the redirection is not followed")
                .at(toString())
                .because(why)
                .fix("if the target is the right one, give its address as the path")
                .exception();
    }

    /** Scheme, host and path; a query may hold a signature. */
    @Override
    public String toString() {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }
}
