package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** CSV or JSON lines. Stateless. */
public final class TextFormat implements TargetFormat {
    private final Notation notation;
    private final Compression compression;
    private final String extension;

    /** The notation of lines. */
    public sealed interface Notation {
        /**
         * Comma-separated values.
         *
         * @param delimiter what stands between fields
         * @param header true if the names of the columns stand in the first line
         */
        record Csv(char delimiter, boolean header) implements Notation {
            public Csv {
                if (CsvNotation.DELIMITERS.indexOf(delimiter) < 0) {
                    throw Problem.of(
                                    "E_CONFIG",
                                    ProblemKind.CONFIG,
                                    "'" + delimiter + "' cannot stand between fields, because values may hold it")
                            .at("delimiter")
                            .fix("take one of " + CsvNotation.DELIMITERS.replace("\t", "") + " or tab")
                            .exception();
                }
            }
        }

        /** A JSON object in each line. */
        record JsonLines() implements Notation {}
    }

    /** Lines in a notation. */
    public TextFormat(Notation notation, Compression compression) {
        this.notation = notation;
        this.compression = compression;
        this.extension = switch (notation) {
            case Notation.Csv csv -> csv.delimiter() == '\t' ? ".tsv" : ".csv";
            case Notation.JsonLines ignored -> ".jsonl";
        };
    }

    @Override
    public FormatTypes types() {
        return switch (notation) {
            case Notation.Csv ignored -> TextTypes.CSV;
            case Notation.JsonLines ignored -> TextTypes.JSON;
        };
    }

    @Override
    public String extension() {
        return extension + compression.extension();
    }

    @Override
    public void load() {
        // There is nothing to load.
    }

    @Override
    public void requireColumns(ColumnLayout columns) {
        boolean csv = notation instanceof Notation.Csv;
        if (csv && !columns.metadata() && columns.columns().isEmpty()) {
            throw Problem.of("E_NO_FIELDS", ProblemKind.CONFIG, "a CSV file without any column cannot hold rows")
                    .fix("write the columns of the metadata with `metadata: true`, or JSON lines")
                    .exception();
        }
    }

    private Lines lines(WriteJob job) {
        return lines(job.rows().columns(), job.rows().stamp(), job.clock());
    }

    private Lines lines(ColumnLayout columns, RowStamp stamp, Clock clock) {
        return switch (notation) {
            case Notation.Csv(char delimiter, boolean header) ->
                Lines.csv(columns, stamp, clock.millis(), delimiter, header);
            case Notation.JsonLines ignored -> Lines.json(columns, stamp, clock.millis());
        };
    }

    /** Begins to write into a stream instead of files. */
    public RowFiles print(ColumnLayout columns, Generation generation, OutputStream out, Clock clock) {
        Lines lines = lines(columns, new RowStamp(generation.id(), generation.syncId()), clock);
        return new TextStream(out, lines, compression, lines.header());
    }

    @Override
    public RowFiles open(WriteJob job, WriteContext context, boolean continues) {
        Lines lines = lines(job);
        return new TextFiles(job, lines, compression, continues ? new byte[0] : lines.header());
    }

    @Override
    public DataFile empty(WriteJob job) {
        String path = job.names().next("");
        byte[] content = lines(job).header();
        TextFile.Way way = new TextFile.Way(job.disk(), job.place().unfinished(path), compression, content.length + 1);
        TextFile file = new TextFile(path, way, content);
        DataFile written = file.prepare();
        file.park();
        job.disk().forceFolder(job.place().unfinished());
        return written;
    }

    @Override
    public List<DataFile> join(WriteJob job, List<DataFile> files, boolean single) {
        if (!single || files.size() < 2) {
            return files;
        }
        // Only the first one has a header, see open.
        String path = job.names().next("");
        Path joined = job.place().unfinished(path);
        long rows = 0;
        long bytes = 0;
        try (FileChannel channel = job.disk().create(joined)) {
            for (DataFile file : files) {
                job.disk().append(job.place().unfinished(file.path()), 0, file.bytes(), channel, joined);
                rows += file.rows();
                bytes += file.bytes();
            }
            job.disk().force(channel, joined);
        } catch (IOException failure) {
            throw Problems.writing(joined.toString(), failure);
        }
        return List.of(new DataFile(path, rows, bytes));
    }

    @Override
    public void close() {
        // There is nothing to let go of.
    }
}
