package dev.sluice.lowcode.http;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.Values;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which calls a part of a manifest is about: by their method, host, path, parameters, and headers. */
public final class CallMatcher {
    private CallMatcher() {}

    /** True if a matcher of the manifest means a call. */
    public static boolean matches(Component matcher, Call call, Surroundings surroundings) {
        URI uri = Egress.address(call.url());
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/$", "");
        boolean method = matcher.optionalText("method")
                .map(call.method()::equalsIgnoreCase)
                .orElse(true);
        boolean base = matcher.optionalText("url_base")
                .map(text -> Egress.address(surroundings.templates().text(text, surroundings.scope())))
                .map(other -> Egress.sameHost(uri, other))
                .orElse(true);
        boolean pattern = matcher.optionalText("url_path_pattern")
                .map(regex -> Pattern.compile(surroundings.templates().text(regex, surroundings.scope()))
                        .matcher(path)
                        .find())
                .orElse(true);
        return method && base && pattern && headers(matcher, call) && parameters(matcher, uri);
    }

    private static boolean parameters(Component matcher, URI uri) {
        Map<Object, Object> wanted = Values.mapOrEmpty(matcher.raw("params"));
        String query = uri.getRawQuery();
        List<String> there = query == null
                ? List.of()
                : Arrays.stream(query.split("&", -1))
                        .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8))
                        .toList();
        return wanted.entrySet().stream()
                .allMatch(each -> there.contains(Values.str(each.getKey()) + "=" + Values.str(each.getValue())));
    }

    private static boolean headers(Component matcher, Call call) {
        for (Map.Entry<Object, Object> wanted :
                Values.mapOrEmpty(matcher.raw("headers")).entrySet()) {
            if (!Values.str(wanted.getValue()).equals(call.headers().get(Values.str(wanted.getKey())))) {
                return false;
            }
        }
        return true;
    }
}
