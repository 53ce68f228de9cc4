package dev.sluice.lowcode.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a {@code Link} header apart (RFC 8288). */
final class Links {
    private static final Pattern LINK =
            Pattern.compile("<([^<>]*)>((?:\\s*;\\s*[\\w-]+\\*?\\s*=\\s*(?:\"[^\"]*\"|[^\",;]*))*)");
    private static final Pattern FACT = Pattern.compile("([\\w-]+)\\*?\\s*=\\s*(?:\"([^\"]*)\"|([^\",;]*))");

    private Links() {}

    /** The links by their relation; one without relation by its address. */
    static Map<Object, Object> parse(String header) {
        Map<Object, Object> links = new LinkedHashMap<>();
        Matcher link = LINK.matcher(header);
        while (link.find()) {
            Map<Object, Object> facts = new LinkedHashMap<>();
            facts.put("url", link.group(1));
            Matcher fact = FACT.matcher(link.group(2));
            while (fact.find()) {
                facts.put(fact.group(1), fact.group(2) == null ? fact.group(3).strip() : fact.group(2));
            }
            links.put(facts.getOrDefault("rel", link.group(1)), facts);
        }
        return links;
    }
}
