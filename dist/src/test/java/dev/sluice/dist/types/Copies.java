package dev.sluice.dist.types;

import dev.sluice.dist.product.InProcess;
import dev.sluice.dist.types.Plans.Target;
import dev.sluice.testkit.rows.Meaning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Carries tables from sources to destinations in one run of the program, which is called in this process. */
final class Copies {
    private final Path folder;
    private final List<Wish> wishes = new ArrayList<>();

    /**
     * A copy.
     *
     * @param name the name of the connection
     * @param from the lines that name the source
     * @param to those of the destination
     * @param stream what is copied, and how
     * @param prefix what its table is called more than the source's
     * @param table the name of the source's table
     */
    private record Wish(String name, String from, String to, String stream, String prefix, String table) {}

    /**
     * What a copy came to.
     *
     * @param target where the rows are
     * @param changed how many values were altered, by what the summary calls them
     */
    record Copy(Target target, Map<String, Long> changed) {}

    /** Prepares runs of a project in an empty folder. */
    Copies(Path folder) {
        this.folder = folder;
    }

    /** Adds a copy of what a source has. */
    Copies add(String name, String from, String to, String stream, String prefix, String table) {
        wishes.add(new Wish(name, from, to, stream, prefix, table));
        return this;
    }

    /** The name of the copy from a side to another. */
    static String name(Origin from, Side to) {
        return from.name() + "_to_" + to.name();
    }

    /** Carries all of them out; the results by connection. */
    Map<String, Copy> run() {
        writeProject();
        Map<String, String> tables = new LinkedHashMap<>();
        wishes.forEach(wish -> tables.put(wish.name, wish.prefix + wish.table));
        Map<String, Target> targets = Plans.read(InProcess.run(folder, "plan", "--output", "json"), tables);
        Map<String, Copy> copies = new LinkedHashMap<>();
        Object result = Facts.at(Meaning.normal(InProcess.run(folder, "sync", "--output", "json")), "result");
        for (Object run : Facts.members(result).containsKey("connections")
                ? Facts.elements(Facts.at(result, "connections"))
                : List.of(result)) {
            String name = String.valueOf(Facts.text(Facts.at(run, "connection")));
            Object stream = Facts.elements(Facts.at(run, "streams")).getFirst();
            Map<String, Long> changed = new TreeMap<>();
            Facts.members(Facts.at(stream, "changed_values"))
                    .forEach((what, count) ->
                            changed.put(String.valueOf(what), Long.parseLong(String.valueOf(Facts.text(count)))));
            copies.put(name, new Copy(Objects.requireNonNull(targets.get(name)), changed));
        }
        return copies;
    }

    private void writeProject() {
        StringBuilder sources = new StringBuilder("sources:\n");
        StringBuilder destinations = new StringBuilder("destinations:\n");
        StringBuilder connections = new StringBuilder("connections:\n");
        for (Wish wish : wishes) {
            sources.append("  %s_from: %s\n".formatted(wish.name, wish.from));
            destinations.append("  %s_to: %s\n".formatted(wish.name, wish.to));
            connections.append("""
                  %1$s:
                    source: %1$s_from
                    destination: %1$s_to
                    prefix: "%2$s"
                    lossy: accept
                    streams:
                      %3$s
                """.formatted(wish.name, wish.prefix, wish.stream));
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("sluice.yaml"), "" + sources + destinations + connections);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
