package dev.sluice.lowcode.http;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where requests may go. A manifest or an answer must not lead from the internet into the network that Sluice runs in: the
 * first address of a source says whether it is a source of the inside; a source of the internet stays there.
 */
final class Egress {
    private Egress() {}

    /** The address, if it is one that requests can go to. */
    static URI address(String url) {
        URI uri;
        try {
            uri = URI.create(URI.create(escaped(url)).toASCIIString());
        } catch (IllegalArgumentException malformed) {
            throw refused("E_MANIFEST", ProblemKind.CONFIG, "an address of the manifest is not well formed", url);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw refused("E_MANIFEST", ProblemKind.CONFIG, "an address of the manifest is none of http or https", url);
        }
        return uri;
    }

    /** Characters that addresses in use contain and that the standard wants encoded. */
    private static String escaped(String url) {
        StringBuilder out = new StringBuilder(url.length());
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (" \"<>\\^`{|}[]".indexOf(c) >= 0 && !(i < 60 && (c == '[' || c == ']') && url.indexOf("//[") >= 0)) {
                out.append('%').append(String.format("%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Refuses to go from the internet to the inside. */
    static void require(URI first, URI target) {
        if (!sameHost(first, target) && !isInside(first) && isInside(target)) {
            throw refused(
                    "E_HTTP_REFUSED",
                    ProblemKind.PERMISSION,
                    "an answer from the internet leads to an address of a private network",
                    target.toString());
        }
    }

    static boolean sameHost(URI a, URI b) {
        return a.getHost().equalsIgnoreCase(b.getHost()) && a.getPort() == b.getPort();
    }

    private static boolean isInside(URI uri) {
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                byte[] bytes = address.getAddress();
                boolean shared = bytes.length == 4 && (bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64;
                boolean unique = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
                if (shared
                        || unique
                        || address.isLoopbackAddress()
                        || address.isLinkLocalAddress()
                        || address.isSiteLocalAddress()
                        || address.isAnyLocalAddress()) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException unknown) {
            return false; // the request itself will tell
        }
    }

    private static ProblemException refused(String code, ProblemKind kind, String message, String url) {
        int mark = url.indexOf('?');
        String shown = mark < 0 ? url : url.substring(0, mark);
        return Problem.of(code, kind, message)
                .at(shown.isEmpty() ? "(an empty address)" : shown.replaceFirst("//[^/@]*@", "//"))
                .exception();
    }
}
