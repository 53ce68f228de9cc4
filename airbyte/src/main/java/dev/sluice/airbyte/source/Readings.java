package dev.sluice.airbyte.source;

import dev.sluice.airbyte.program.ConnectorProgram;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.StreamRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes that read for a run. One reads all streams that the run wants; a stream that has to begin elsewhere than that one was
 * told, because its last attempt was interrupted, gets a process of its own. Thread-safe.
 */
final class Readings implements AutoCloseable {
    private static final long MOST_IN_MEMORY = 32L << 20;

    private final ConnectorProgram program;
    private final long quietMillis;
    private final List<Reading> all = new ArrayList<>();
    private final Set<StreamId> taken = new HashSet<>();
    private List<StreamRead> expected = List.of();
    private Map<StreamId, String> standing = Map.of();
    private @Nullable Shared shared;
    private @Nullable Path folder;

    /** The process that reads all streams, and where it was told to begin. */
    private record Shared(Reading reading, Map<StreamId, String> states, Set<StreamId> streams) {}

    Readings(ConnectorProgram program, long quietMillis) {
        this.program = program;
        this.quietMillis = quietMillis;
    }

    /** Hears what the run wants to read. */
    synchronized void expect(List<StreamRead> reads) {
        expected = List.copyOf(reads);
    }

    /** Hears where streams stand. */
    synchronized void standing(Map<StreamId, String> states) {
        standing = Map.copyOf(states);
    }

    /**
     * What comes of a stream from a state on.
     *
     * @param state where to begin; null for the beginning
     */
    synchronized Feed feed(Discovered discovered, StreamRead read, @Nullable String state) {
        StreamId id = read.stream().id();
        Shared open = shared;
        if (open == null) {
            open = share(discovered, read, state);
            shared = open;
        }
        boolean fits =
                open.streams().contains(id) && Objects.equals(open.states().get(id), state);
        if (fits && taken.add(id)) {
            return open.reading().feed(id);
        }
        Map<StreamId, String> states = state == null ? Map.of() : Map.of(id, state);
        return start(discovered, List.of(read), states).feed(id);
    }

    private Shared share(Discovered discovered, StreamRead first, @Nullable String state) {
        StreamId id = first.stream().id();
        Map<StreamId, StreamRead> reads = new LinkedHashMap<>();
        expected.forEach(each -> reads.put(each.stream().id(), each));
        reads.put(id, first);
        Map<StreamId, String> states = new HashMap<>();
        reads.values().stream()
                .filter(each -> each.mode() == SyncMode.INCREMENTAL)
                .map(each -> each.stream().id())
                .filter(standing::containsKey)
                .forEach(each -> states.put(each, Objects.requireNonNull(standing.get(each))));
        if (state == null) {
            states.remove(id);
        } else {
            states.put(id, state);
        }
        return new Shared(start(discovered, List.copyOf(reads.values()), states), states, reads.keySet());
    }

    private Reading start(Discovered discovered, List<StreamRead> reads, Map<StreamId, String> states) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("catalog", discovered.configured(reads));
        String state = Discovered.stateFile(states);
        if (state != null) {
            files.put("state", state);
        }
        Set<StreamId> streams = new HashSet<>();
        reads.forEach(read -> streams.add(read.stream().id()));
        Path place = folder(all.size());
        Reading.Room room = new Reading.Room(place, MOST_IN_MEMORY);
        Reading reading = new Reading(program, program.start("read", files), streams, room, quietMillis).start();
        all.add(reading);
        return reading;
    }

    private Path folder(int number) {
        try {
            Path made = folder;
            if (made == null) {
                made = Files.createTempDirectory(
                        "sluice-feeds-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                folder = made;
            }
            return Files.createDirectory(made.resolve(Integer.toString(number)));
        } catch (IOException failure) {
            throw Problem.of("E_TEMPORARY", ProblemKind.RESOURCE, "there is no place for temporary files")
                    .because(failure.getMessage())
                    .exception(failure);
        }
    }

    @Override
    public synchronized void close() {
        all.forEach(Reading::close);
        Path made = folder;
        if (made != null) {
            try (Stream<Path> files = Files.walk(made)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException leftToTheSystem) {
                made.toFile().deleteOnExit();
            }
        }
    }
}
