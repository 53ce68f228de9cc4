package dev.sluice.server.net;

import dev.sluice.server.json.JsonText;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sources and destinations that people set up on a shared server out of what is the server's own: its files, such as
 * the keys to all secrets, and what answers in its network to nobody else. Files are opened below named folders only, web
 * addresses have to be public.
 *
 * <p>Which options are places the spec of a connector says by {@code "format": "path"}. Rather an option too many is
 * looked at than one too few, so an option counts as a place wherever its name stands.
 */
public final class ReachGuard {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("(?i)(^|_)host(name)?$");
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");

    private final boolean open;
    private final List<Path> folders;
    private final EgressGuard egress;

    private ReachGuard(boolean open, List<Path> folders, EgressGuard egress) {
        this.open = open;
        this.folders = List.copyOf(folders);
        this.egress = egress;
    }

    /** One that lets everything pass, for a server that only its owner reaches. */
    public static ReachGuard open() {
        return new ReachGuard(true, List.of(), EgressGuard.open());
    }

    /**
     * One for a server that others reach.
     *
     * @param folders below which files may lie
     * @param reach which machines may be connected to
     */
    public static ReachGuard shared(List<Path> folders, Reach reach) {
        return new ReachGuard(false, folders, EgressGuard.of(reach));
    }

    static ReachGuard shared(List<Path> folders, EgressGuard egress) {
        return new ReachGuard(false, folders, egress);
    }

    /**
     * Refuses a configuration with a place that the server keeps for itself. May ask for the addresses of a name.
     *
     * @param spec the spec of its connector
     * @throws ProblemException code {@code E_PLACE}
     */
    public void require(String spec, Config config) {
        if (!open) {
            Set<String> places = new HashSet<>();
            collect(JsonText.read(spec), "", places);
            walk(config.values(), "", places);
            requireHosts(config.values());
        }
    }

    private static void collect(@Nullable Object node, String name, Set<String> places) {
        switch (node) {
            case Map<?, ?> map -> {
                if ("path".equals(map.get("format"))) {
                    places.add(name);
                }
                map.forEach((key, value) -> {
                    if ("properties".equals(key) && value instanceof Map<?, ?> properties) {
                        properties.forEach((option, declared) -> collect(declared, String.valueOf(option), places));
                    } else {
                        collect(value, name, places);
                    }
                });
            }
            case List<?> list -> list.forEach(each -> collect(each, name, places));
            case null, default -> {}
        }
    }

    private void walk(@Nullable Object value, String name, Set<String> places) {
        switch (value) {
            case Map<?, ?> map -> {
                // Of a map with names that users chose, the map itself is the place.
                boolean inside = places.contains(name);
                map.forEach((key, each) -> walk(
                        each, inside && !places.contains(String.valueOf(key)) ? name : String.valueOf(key), places));
            }
            case List<?> list -> list.forEach(each -> walk(each, name, places));
            case String text when places.contains(name) -> require(text, name);
            case null, default -> {}
        }
    }

    /** Told before anything is opened, since drivers tell of a host that is refused as if nobody knew it. */
    private void requireHosts(Map<String, ?> values) {
        values.forEach((option, value) -> {
            if (value instanceof String host && HOST.matcher(option).find() && !host.isBlank()) {
                egress.requireHost(host.strip());
            } else if (value instanceof Map<?, ?> group) {
                requireHosts(JsonText.members(group));
            }
        });
    }

    private void require(String place, String option) {
        if (SCHEME.matcher(place).matches()) {
            String scheme = place.substring(0, place.indexOf(':')).toLowerCase(Locale.ROOT);
            switch (scheme) {
                case "http", "https" -> requirePublic(place, option);
                case "file" ->
                    requireBelow(place.substring(place.indexOf(':') + 1).replaceFirst("^//", ""), option);
                default -> {} // a store of its own, with credentials of its own
            }
        } else if (!place.equals(":memory:")) {
            requireBelow(place, option);
        }
    }

    private void requirePublic(String place, String option) {
        try {
            // A pattern may hold signs that no address has; where it leads, its beginning says.
            egress.check(EgressGuard.parse(WILD.split(place, 2)[0]));
        } catch (ProblemException refused) {
            throw refused(option, "it leads to an address that is not public", refused);
        }
    }

    private void requireBelow(String place, String option) {
        if (folders.isEmpty()) {
            throw refused(option, "this server opens no files of its own machine", null);
        }
        String fixed = WILD.split(place, 2)[0];
        try {
            Path path = Path.of(fixed);
            boolean climbs = place.contains("..") || place.startsWith("~") || !path.isAbsolute();
            Path real = climbs ? path : real(path);
            if (climbs || folders.stream().noneMatch(real::startsWith)) {
                throw refused(option, "it is not below a folder that the server may open", null);
            }
        } catch (InvalidPathException | IOException malformed) {
            throw refused(option, "it is no path", malformed);
        }
    }

    /** Where a path leads: links are followed as far as there is something. */
    private static Path real(Path path) throws IOException {
        Path there = path;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(path)).normalize();
    }

    private ProblemException refused(String option, String why, @Nullable Throwable cause) {
        return Problem.of("E_PLACE", ProblemKind.PERMISSION, "the server does not open this place for its users")
                .at(option)
                .because(why)
                .fix(
                        folders.isEmpty()
                                ? "use a store such as S3 or SFTP, or have SLUICE_FILES name folders when the server"
                                        + " is started"
                                : "put the files below a folder that SLUICE_FILES names, as an absolute path")
                .exception(cause);
    }
}
