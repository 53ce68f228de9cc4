package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.FileRows;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.connector.file.input.StandardInput;
import dev.sluice.connector.file.parquet.ParquetFiles;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A configured source of files. */
public final class FileSource implements Source {
    private final SourceSettings settings;
    private final ConnectorContext context;
    private final long splitBytes;
    private final Map<String, StreamFiles> opened = new ConcurrentHashMap<>();
    private final ParquetFiles parquet = new ParquetFiles();

    private FileSource(SourceSettings settings, ConnectorContext context, long splitBytes) {
        this.settings = settings;
        this.context = context;
        this.splitBytes = splitBytes;
    }

    /**
     * Makes a source.
     *
     * @throws ProblemException of kind {@code CONFIG} if the configuration does not fit
     */
    public static FileSource of(Config config, ConnectorContext context) {
        return of(config, context, ReadPlanner.SPLIT_BYTES);
    }

    /** Makes a source of what a destination wrote. */
    public static FileSource of(WrittenFiles written, ConnectorContext context) {
        FileSource source = new FileSource(written.settings(), context, ReadPlanner.SPLIT_BYTES);
        source.opened.put(written.stream(), written.files());
        return source;
    }

    /** Makes a source whose splits have another size. */
    static FileSource of(Config config, ConnectorContext context, long splitBytes) {
        return new FileSource(SourceOptions.read(config), context, splitBytes);
    }

    private StreamFiles files(String stream) {
        String path = settings.streams().get(stream);
        if (path == null) {
            throw Problem.of("E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "the source has no stream " + stream)
                    .because("its streams are "
                            + String.join(", ", settings.streams().keySet()))
                    .exception();
        }
        return opened.computeIfAbsent(stream, name -> StreamFiles.open(path, settings.limits()));
    }

    @Override
    public CheckReport check() {
        List<CheckReport.Step> steps = new ArrayList<>();
        for (String stream : settings.streams().keySet()) {
            if (!check(stream, steps)) {
                break;
            }
        }
        return new CheckReport(steps);
    }

    private boolean check(String stream, List<CheckReport.Step> steps) {
        String step = "find " + stream;
        try {
            StreamFiles files = files(stream);
            List<SourceFile> found = files.listSome();
            steps.add(CheckReport.Step.ok(step, summary(found)));
            step = "read " + stream;
            StreamLook look = new StreamInspector(settings.of(stream), parquet).look(stream, files.access(), found);
            steps.add(
                    CheckReport.Step.ok(step, look.note() + ", " + look.fields().size() + " columns"));
            return true;
        } catch (ProblemException failure) {
            steps.add(CheckReport.Step.failed(step, failure.problem()));
            return false;
        }
    }

    private static String summary(List<SourceFile> files) {
        long bytes = bytes(files);
        return files.size()
                + (files.size() == 1 ? " file" : " files")
                + (bytes == Estimate.UNKNOWN ? "" : ", " + bytes + " bytes");
    }

    private static long bytes(List<SourceFile> files) {
        boolean sized = files.stream().noneMatch(file -> file.size() == SourceFile.UNKNOWN);
        return sized ? files.stream().mapToLong(SourceFile::size).sum() : Estimate.UNKNOWN;
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        List<CatalogStream> streams = new ArrayList<>();
        List<Catalog.Unreadable> unreadable = new ArrayList<>();
        for (String stream : settings.streams().keySet()) {
            boolean wanted = switch (scope) {
                case DiscoverScope.All() -> true;
                case DiscoverScope.Only(Set<StreamId> only) -> only.contains(StreamId.of(stream));
            };
            if (wanted) {
                try {
                    streams.add(describe(stream));
                } catch (ProblemException failure) {
                    unreadable.add(unreadable(stream, failure));
                }
            }
        }
        // Columns that nobody could look at may be there.
        if (scope instanceof DiscoverScope.All && unreadable.isEmpty()) {
            requireTypedColumns(streams);
        }
        return new Catalog(streams, unreadable);
    }

    /** One broken file does not stop the others, but where there are no others it stands for all. */
    private Catalog.Unreadable unreadable(String stream, ProblemException failure) {
        if (settings.streams().size() == 1 || failure.problem().kind() == ProblemKind.CANCELLED) {
            throw failure;
        }
        return new Catalog.Unreadable(StreamId.of(stream), failure.problem());
    }

    /** A type for a column that does not exist is a misspelt one. */
    private void requireTypedColumns(List<CatalogStream> streams) {
        Set<String> columns = new HashSet<>();
        for (CatalogStream stream : streams) {
            for (String name : stream.schema().names()) {
                columns.add(name);
                columns.add(stream.id().name() + "." + name);
            }
        }
        for (String typed : settings.types().keySet()) {
            if (!columns.contains(typed)) {
                throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "no stream has the column " + typed)
                        .at("types." + typed)
                        .fix(NearNames.nearest(typed, columns)
                                .map(near -> "did you mean " + near + "?")
                                .orElse(null))
                        .exception();
            }
        }
    }

    private CatalogStream describe(String stream) {
        StreamFiles files = files(stream);
        List<SourceFile> found = files.listSome();
        StreamLook look = new StreamInspector(settings.of(stream), parquet).look(stream, files.access(), found);
        boolean tellsFile = settings.fileColumns() != null ? settings.fileColumns() : files.pattern();
        List<Field> fields = new ArrayList<>(look.fields());
        if (tellsFile) {
            FileColumns.FIELDS.stream()
                    .filter(column ->
                            fields.stream().noneMatch(field -> field.name().equals(column.name())))
                    .forEach(fields::add);
        }
        boolean versions = found.stream().allMatch(files.access()::tellsVersions);
        boolean incremental = (tellsFile || files.pattern()) && versions;
        return new CatalogStream(
                StreamId.of(stream),
                new Schema(fields),
                incremental ? Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL) : Set.of(SyncMode.FULL_REFRESH),
                cursor(incremental, tellsFile),
                List.of(),
                versions,
                new Estimate(look.rows(), bytes(found)));
    }

    /** Which files are new, the source knows by itself. */
    private static Cursor cursor(boolean incremental, boolean tellsFile) {
        if (!incremental) {
            return Cursor.NONE;
        }
        return tellsFile ? new Cursor(FieldPath.of(FileColumns.MODIFIED), true) : Cursor.KEPT_BY_SOURCE;
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        String stream = read.stream().id().name();
        StreamFiles files = files(stream);
        return new ReadPlanner(settings.of(stream), files, parquet, context, splitBytes).plan(read, start);
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        StreamFiles files = files(read.stream().id().name());
        StreamLook.Layout layout = PlanToken.read(plan.token());
        SplitOpener opener = opener(read, files, layout);
        return new FileSplitReader(opener, SplitPayload.ofJson(split.payload()), after, readContext);
    }

    private SplitOpener opener(StreamRead read, StreamFiles files, StreamLook.Layout layout) {
        SourceSettings ofStream = settings.of(read.stream().id().name());
        return new SplitOpener(ofStream, files.access(), parquet, read, layout, context);
    }

    @Override
    public @Nullable RecordBatch reread(StreamRead read, RejectedRecord record, ReadContext readContext) {
        try {
            Origin origin = Origin.ofJson(record.origin());
            StreamFiles files = files(read.stream().id().name());
            SplitOpener opener = opener(read, files, origin.layout());
            try (FileRows rows = opener.one(origin, record.original(), readContext)) {
                return rows.read();
            }
        } catch (IllegalArgumentException | IOException unreadable) {
            return again(record, "NO_RECORD", unreadable.toString(), readContext);
        } catch (ProblemException failure) {
            Problem problem = failure.problem();
            if (problem.kind() != ProblemKind.DATA) {
                throw failure;
            }
            return again(record, problem.code(), problem.message(), readContext);
        }
    }

    private static @Nullable RecordBatch again(
            RejectedRecord record, String code, String reason, ReadContext readContext) {
        readContext.reject(record.because(code, reason));
        return null;
    }

    @Override
    public void close() {
        for (StreamFiles files : opened.values()) {
            if (files.access() != StandardInput.instance()) {
                files.close();
            }
        }
        opened.clear();
        parquet.close();
    }
}
