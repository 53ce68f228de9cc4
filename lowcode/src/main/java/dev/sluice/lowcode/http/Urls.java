package dev.sluice.lowcode.http;

import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Values;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Puts addresses together. */
final class Urls {
    private Urls() {}

    /** A path after a base, as a browser resolves it after the base got a slash at its end. */
    static String join(String base, String path) {
        if (base.isEmpty()) {
            return path;
        }
        if (path.isEmpty()) {
            return base;
        }
        String folder = base.endsWith("/") ? base : base + "/";
        if (path.startsWith("http://") || path.startsWith("https://")) {
            return path;
        }
        boolean simple = !path.startsWith("/") && !path.contains("..") && !path.contains("./");
        if (simple && folder.indexOf('?') < 0) {
            return withoutEmptyParts(folder + path);
        }
        return Egress.address(folder).resolve(encodedPath(path)).toString();
    }

    /** Between the parts of a path there is one slash, as Python joins them. */
    private static String withoutEmptyParts(String url) {
        int mark = url.indexOf('?');
        int path = url.indexOf('/', url.indexOf("://") + 3);
        int end = mark < 0 ? url.length() : mark;
        return path < 0 || path > end
                ? url
                : url.substring(0, path) + url.substring(path, end).replaceAll("/{2,}", "/") + url.substring(end);
    }

    private static URI encodedPath(String path) {
        return URI.create(path.replace(" ", "%20").replace("|", "%7C").replace("\"", "%22"));
    }

    /** The address with parameters; what it has already with the same value is not said twice. */
    static String withQuery(String url, Map<String, Object> parameters) {
        return withQuery(url, parameters, "");
    }

    /** The same, where some characters of the parameters stay as they are. */
    static String withQuery(String url, Map<String, Object> parameters, String plain) {
        int mark = url.indexOf('?');
        String present = mark < 0 ? "" : url.substring(mark + 1);
        List<String> known = new ArrayList<>();
        for (String pair : present.split("&", -1)) {
            known.add(URLDecoder.decode(pair.replaceAll("%(?![0-9a-fA-F]{2})", "%25"), StandardCharsets.UTF_8));
        }
        List<String> more = new ArrayList<>();
        parameters.forEach((name, value) -> {
            for (Object each : several(value)) {
                if (!known.contains(name + "=" + Values.str(each))) {
                    more.add(encoded(name, plain) + "=" + encoded(Values.str(each), plain));
                }
            }
        });
        if (more.isEmpty()) {
            return url;
        }
        String between = mark < 0 ? "?" : present.isEmpty() ? "" : "&";
        return url + between + String.join("&", more);
    }

    /** The fields of a form. */
    static String query(Map<String, Object> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> {
            for (Object each : several(value)) {
                pairs.add(encoded(name) + "=" + encoded(Values.str(each)));
            }
        });
        return String.join("&", pairs);
    }

    private static Collection<?> several(Object value) {
        return switch (value) {
            case Collection<?> many -> many;
            case Tuple(List<Object> items) -> items;
            case None ignored -> List.of();
            default -> List.of(value);
        };
    }

    private static String encoded(String text, String plain) {
        if (plain.isEmpty()) {
            return encoded(text);
        }
        StringBuilder all = new StringBuilder();
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(character -> all.append(plain.contains(character) ? character : encoded(character)));
        return all.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
