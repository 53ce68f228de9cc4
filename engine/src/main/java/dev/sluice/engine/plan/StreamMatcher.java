package dev.sluice.engine.plan;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.NearNames;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the streams that the patterns of a connection mean. */
public final class StreamMatcher {
    private StreamMatcher() {}

    /** Settings and the streams that they apply to. */
    record Match(StreamSettings settings, List<CatalogStream> streams) {}

    /**
     * The matches in the order of the settings. A stream belongs to the settings that name it, else to the first pattern
     * that matches it.
     */
    static List<Match> match(List<StreamSettings> settings, Catalog catalog) {
        Map<StreamId, CatalogStream> left = new LinkedHashMap<>();
        catalog.streams().forEach(stream -> left.put(stream.id(), stream));
        IdentityHashMap<StreamSettings, List<CatalogStream>> found = new IdentityHashMap<>();
        settings.stream().filter(each -> !each.isGlob()).forEach(each -> found.put(each, take(each, left)));
        settings.stream().filter(StreamSettings::isGlob).forEach(each -> found.put(each, take(each, left)));
        return settings.stream()
                .map(each -> new Match(each, found.getOrDefault(each, List.of())))
                .toList();
    }

    private static List<CatalogStream> take(StreamSettings settings, Map<StreamId, CatalogStream> left) {
        Pattern pattern = regex(settings.pattern());
        List<CatalogStream> taken = left.values().stream()
                .filter(stream -> matches(pattern, settings, stream.id()))
                .toList();
        taken.forEach(stream -> left.remove(stream.id()));
        return taken;
    }

    /** True if the settings would match a stream if no others were there. */
    static boolean matchesAny(StreamSettings settings, Catalog catalog) {
        Pattern pattern = regex(settings.pattern());
        return ids(catalog).anyMatch(id -> matches(pattern, settings, id));
    }

    /** The streams that the settings mean and that cannot be read. */
    static List<Catalog.Unreadable> unreadable(List<StreamSettings> settings, Catalog catalog) {
        return catalog.unreadable().stream()
                .filter(stream -> owner(settings, stream.id()).isPresent())
                .toList();
    }

    private static Stream<StreamId> ids(Catalog catalog) {
        return Stream.concat(
                catalog.streams().stream().map(CatalogStream::id),
                catalog.unreadable().stream().map(Catalog.Unreadable::id));
    }

    /** The name in the catalog that is spelled most like a pattern that matched nothing. */
    public static Optional<String> nearest(String pattern, Catalog catalog) {
        return NearNames.nearest(pattern, ids(catalog).map(StreamId::toString).toList());
    }

    /** The settings that a stream belongs to: those that name it, else the first pattern that matches it. */
    public static Optional<StreamSettings> owner(List<StreamSettings> settings, StreamId id) {
        return settings.stream()
                .filter(each -> !each.isGlob() && matches(each, id))
                .findFirst()
                .or(() -> settings.stream()
                        .filter(each -> each.isGlob() && matches(each, id))
                        .findFirst());
    }

    /** True if settings mean a stream, if no others do. */
    public static boolean matches(StreamSettings settings, StreamId id) {
        return matches(regex(settings.pattern()), settings, id);
    }

    private static boolean matches(Pattern pattern, StreamSettings settings, StreamId id) {
        // A bare name also means the stream of that name in whatever namespace; with a dot it means exactly that one.
        return pattern.matcher(id.toString()).matches()
                || (settings.pattern().indexOf('.') < 0
                        && pattern.matcher(id.name()).matches());
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String literal : glob.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
