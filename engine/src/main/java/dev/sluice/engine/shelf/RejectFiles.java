package dev.sluice.engine.shelf;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rejected records of which no file tells yet into files: {@code {job}/{namespace}/{stream}/{date}_{timestamp}_{part}.csv},
 * as Airbyte names them. The number of the part is that of its first record, so that a file which was put twice is one file. A record
 * counts as told once its file is there; what fails is put again the next time.
 */
public final class RejectFiles {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy_MM_dd");
    private static final int AT_ONCE = 100;
    private static final int MOST_BYTES = 8 << 20;
    private static final int MOST_RECORDS = 20_000;

    private final RejectSupply supply;
    private final FileShelf shelf;
    private final RejectFormat format;
    private final List<Long> inFile = new ArrayList<>();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private @Nullable List<String> header;
    private @Nullable Instant begun;
    private long records;
    private int files;
    private String job = "";

    /** Files of a connection. */
    public RejectFiles(RejectSupply supply, FileShelf shelf, RejectFormat format) {
        this.supply = supply;
        this.shelf = shelf;
        this.format = format;
    }

    /**
     * What was put.
     *
     * @param link where the newest of them lie, with a slash at its end
     * @param records how many
     * @param files in how many files
     */
    public record Shelved(String link, long records, int files) {}

    /**
     * Puts them all.
     *
     * @return empty if there is none
     * @throws ProblemException with the code {@code E_REJECTS_NOT_STORED} if the place does not take them; they stay where they are
     *     kept, and come again the next time
     */
    public Optional<Shelved> put() {
        try {
            for (Optional<RejectSupply.Part> part = supply.next(); part.isPresent(); part = supply.next()) {
                put(part.get());
            }
        } catch (ProblemException failure) {
            throw notStored(failure.problem()).exception(failure);
        }
        return records == 0
                ? Optional.empty()
                : Optional.of(new Shelved(shelf.address() + "/" + job + "/", records, files));
    }

    private Problem notStored(Problem why) {
        return Problem.of("E_REJECTS_NOT_STORED", ProblemKind.RESOURCE, "rejected records could not be stored as files")
                .at(shelf.address())
                .because(why.message() + (why.why() == null ? "" : ": " + why.why()))
                .fix("they are kept here, and nothing of them is lost: see `sluice rejects list`. Mend the place;"
                        + " the next run stores them");
    }

    private void put(RejectSupply.Part part) {
        job = part.job();
        long after = 0;
        List<RejectSupply.Kept> some;
        do {
            some = supply.records(part, after, AT_ONCE);
            for (RejectSupply.Kept kept : some) {
                add(part, kept);
                after = kept.id();
            }
        } while (!some.isEmpty());
        end(part);
    }

    private void add(RejectSupply.Part part, RejectSupply.Kept kept) {
        Map<String, @Nullable String> columns = RejectLines.columns(kept);
        List<String> names = List.copyOf(columns.keySet());
        boolean full = file.size() >= MOST_BYTES || inFile.size() >= MOST_RECORDS;
        if (full || (header != null && format == RejectFormat.CSV && !header.equals(names))) {
            end(part);
        }
        if (header == null) {
            header = names;
            begun = kept.at();
            if (format == RejectFormat.CSV) {
                write(RejectLines.csv(names));
            }
        }
        write(
                switch (format) {
                    case CSV -> RejectLines.csv(columns.values());
                    case JSONL -> RejectLines.json(kept);
                });
        inFile.add(kept.id());
    }

    private void write(String line) {
        file.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    }

    private void end(RejectSupply.Part part) {
        Instant first = begun;
        if (first == null) {
            return;
        }
        String name = DATE.format(first.atZone(ZoneOffset.UTC)) + "_" + first.toEpochMilli() + "_" + inFile.getFirst()
                + "." + format.key();
        shelf.put(folder(part) + name, file.toByteArray());
        supply.shelved(inFile);
        files++;
        records += inFile.size();
        inFile.clear();
        file.reset();
        header = null;
        begun = null;
    }

    private static String folder(RejectSupply.Part part) {
        StreamId stream = part.stream();
        String namespace = stream.namespace();
        return segment(part.job())
                + (namespace == null || namespace.isEmpty() ? "" : segment(namespace))
                + segment(stream.name());
    }

    /** A name as one folder, whatever stands in it. */
    private static String segment(String name) {
        String safe = name.replaceAll("[^\\p{L}\\p{N}_.=()!*'-]", "_");
        return (safe.matches("\\.*") ? "_" + safe : safe) + "/";
    }
}
