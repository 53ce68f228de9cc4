package dev.sluice.connector.file.source;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A table that is a directory of files: each commit adds a file or several, and writes those anew whose rows it changes. */
final class FileTable implements SourceTable {
    /** The times of files differ also where those of the file system would not. */
    private static final AtomicLong MILLIS = new AtomicLong(1_700_000_000_000L);

    private static final int ROWS_A_FILE = 5_000;

    private final Path directory;
    private final TableSpec spec;
    private final FormatWriter writer;
    private final Runnable onDrop;
    private final Map<Path, List<Row>> files = new LinkedHashMap<>();

    FileTable(Path directory, TableSpec spec, FormatWriter writer, Runnable onDrop) {
        this.directory = directory;
        this.spec = spec;
        this.writer = writer;
        this.onDrop = onDrop;
        try {
            Files.createDirectory(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        write(newFile(), List.of());
    }

    /** The pattern of the files. */
    String pattern() {
        return directory + "/*" + writer.extension();
    }

    @Override
    public StreamId id() {
        return StreamId.of(spec.name());
    }

    @Override
    public Schema schema() {
        return spec.schema();
    }

    /** Adds a file of which some records cannot be read; returns how many. */
    int poison() {
        Path file = newFile();
        int rejects;
        try {
            rejects = writer.poison(file, spec.schema());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (rejects > 0) {
            files.put(file, List.of(Row.of("1001", "good"), Row.of("1002", "good")));
        }
        return rejects;
    }

    /** The rows of all files. */
    List<Row> rows() {
        return files.values().stream().flatMap(List::stream).toList();
    }

    private Path newFile() {
        return directory.resolve(String.format("%06d", files.size()) + writer.extension());
    }

    /** Publishes a file in one moment: written under a name that no pattern matches, and renamed. */
    private void write(Path file, List<Row> rows) {
        Path aside = directory.resolve(".new");
        try {
            writer.write(aside, spec.schema(), rows);
            Files.setLastModifiedTime(aside, FileTime.fromMillis(MILLIS.incrementAndGet()));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        files.put(file, List.copyOf(rows));
    }

    @Override
    public Edit begin() {
        return new FileEdit();
    }

    @Override
    public void drop() {
        onDrop.run();
        for (Path file : files.keySet()) {
            try {
                Files.delete(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        files.clear();
    }

    private synchronized void apply(List<Row> inserted, Map<String, @Nullable Row> changed) {
        files.forEach((file, rows) -> {
            if (rows.stream().anyMatch(row -> changed.containsKey(row.value(0)))) {
                List<Row> now = new ArrayList<>();
                for (Row row : rows) {
                    Row other = changed.containsKey(row.value(0)) ? changed.get(row.value(0)) : row;
                    if (other != null) {
                        now.add(other);
                    }
                }
                write(file, now);
            }
        });
        for (int from = 0; from < inserted.size(); from += ROWS_A_FILE) {
            write(newFile(), inserted.subList(from, Math.min(inserted.size(), from + ROWS_A_FILE)));
        }
    }

    private final class FileEdit implements Edit {
        private final List<Row> inserted = new ArrayList<>();
        private final Map<String, @Nullable Row> changed = new LinkedHashMap<>();

        @Override
        public void insert(List<Row> rows) {
            inserted.addAll(rows);
        }

        @Override
        public void update(Row row) {
            changed.put(row.text(0), row);
        }

        @Override
        public void delete(Row row) {
            changed.put(row.text(0), null);
        }

        @Override
        public void commit() {
            apply(inserted, changed);
            inserted.clear();
            changed.clear();
        }

        @Override
        public void close() {
            inserted.clear();
            changed.clear();
        }
    }
}
