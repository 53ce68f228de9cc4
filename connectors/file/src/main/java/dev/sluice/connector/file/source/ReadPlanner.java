package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.connector.file.avro.AvroRanges;
import dev.sluice.connector.file.csv.CsvDialect;
import dev.sluice.connector.file.csv.CsvHead;
import dev.sluice.connector.file.csv.RangeFinder;
import dev.sluice.connector.file.input.Coding;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.connector.file.parquet.ParquetFacts;
import dev.sluice.connector.file.parquet.ParquetFiles;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.StreamRead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Divides the read of a stream into splits, and decides whether an interrupted read can go on. */
final class ReadPlanner {
    /** Smaller files are bundled up to this size, larger ones that can be are divided into ranges of it or more. */
    static final long SPLIT_BYTES = 64L << 20;

    /** Parquet is compressed, and a split of it begins and ends with a row group. */
    private static final long PARQUET_SPLIT_BYTES = 16L << 20;

    /** Each split ends with a commit, so a large file has splits of up to this times the usual size. */
    private static final int MOST_SPLIT_FACTOR = 4;

    /** So many splits a processor keep all of them busy to the end. */
    private static final int SPLITS_A_PROCESSOR = 3;

    private static final int MOST_FILES_A_SPLIT = 1000;
    private static final int MOST_SPLITS_A_FILE = 1000;

    private final SourceSettings settings;
    private final StreamFiles files;
    private final ParquetFiles parquet;
    private final ConnectorContext context;
    private final long splitBytes;

    ReadPlanner(
            SourceSettings settings,
            StreamFiles files,
            ParquetFiles parquet,
            ConnectorContext context,
            long splitBytes) {
        this.settings = settings;
        this.files = files;
        this.parquet = parquet;
        this.context = context;
        this.splitBytes = splitBytes;
    }

    PlanResult plan(StreamRead read, ReadStart start) {
        return switch (start) {
            case ReadStart.Beginning() -> planned(read, Delivered.nothing());
            case ReadStart.After(Position position) -> planned(read, deliveredBefore(position));
            case ReadStart.Resume resume -> resume(resume);
        };
    }

    private PlanResult planned(StreamRead read, Delivered before) {
        // What once had files and has none now must not empty a table (I5); in an inbox there may be nothing new.
        List<SourceFile> listed = read.mode() == SyncMode.INCREMENTAL ? files.list() : files.listSome();
        List<SourceFile> wanted = new ArrayList<>();
        int changed = 0;
        for (SourceFile file : listed) {
            String key = files.keyOf(file);
            if (!before.contains(key, file)) {
                wanted.add(file);
                changed += before.knows(key) ? 1 : 0;
            }
        }
        if (changed > 0) {
            context.log(
                    System.Logger.Level.INFO,
                    changed + " files were changed since they were delivered; they are read again as a whole");
        }
        boolean incremental = read.mode() == SyncMode.INCREMENTAL;
        Position end = incremental
                ? new Position(files.identity(), before.with(files, listed).toJson())
                : null;
        return new PlanResult.Planned(new Plan(readPlan(read.stream().id().name(), wanted, end)));
    }

    private ReadPlan readPlan(String stream, List<SourceFile> wanted, @Nullable Position end) {
        if (wanted.isEmpty()) {
            return new ReadPlan("{}", List.of(), end);
        }
        StreamLook.Layout layout = new StreamInspector(settings, parquet).layout(stream, files.access(), wanted);
        return new ReadPlan(PlanToken.of(layout), splits(wanted, layout), end);
    }

    private List<Split> splits(List<SourceFile> wanted, StreamLook.Layout layout) {
        List<Split> splits = new ArrayList<>();
        List<SourceFile> bundle = new ArrayList<>();
        long bundleBytes = 0;
        long most = splitBytes(layout);
        for (SourceFile file : wanted) {
            if (file.size() == SourceFile.UNKNOWN || file.size() >= most) {
                splits.addAll(ofLargeFile(splits.size(), file, layout));
                continue;
            }
            if (bundle.size() >= MOST_FILES_A_SPLIT || bundleBytes + file.size() > most) {
                splits.add(whole(splits.size(), bundle));
                bundle.clear();
                bundleBytes = 0;
            }
            bundle.add(file);
            bundleBytes += file.size();
        }
        if (!bundle.isEmpty()) {
            splits.add(whole(splits.size(), bundle));
        }
        return splits;
    }

    private long splitBytes(StreamLook.Layout layout) {
        return layout.format() == FileFormat.PARQUET ? Math.min(splitBytes, PARQUET_SPLIT_BYTES) : splitBytes;
    }

    private static Split whole(int number, List<SourceFile> bundle) {
        boolean sized = bundle.stream().noneMatch(file -> file.size() == SourceFile.UNKNOWN);
        long bytes = sized ? bundle.stream().mapToLong(SourceFile::size).sum() : Estimate.UNKNOWN;
        String payload = new SplitPayload(bundle, SplitPayload.Range.WHOLE).toJson();
        return new Split(id(number), payload, new Estimate(Estimate.UNKNOWN, bytes));
    }

    private static String id(int number) {
        return Integer.toString(number + 1);
    }

    private List<Split> ofLargeFile(int number, SourceFile file, StreamLook.Layout layout) {
        List<Piece> pieces = List.of();
        if (layout.format() == FileFormat.PARQUET) {
            pieces = rowGroups(file);
        } else if (layout.format() == FileFormat.AVRO) {
            pieces = avroBlocks(file);
        } else if (file.size() >= 2 * splitBytes) {
            pieces = ranges(file, layout).orElse(List.of()).stream()
                    .map(Piece::of)
                    .toList();
        }
        if (pieces.size() < 2) {
            return List.of(whole(number, List.of(file)));
        }
        List<Split> splits = new ArrayList<>(pieces.size());
        for (Piece piece : pieces) {
            String payload = new SplitPayload(List.of(file), piece.range).toJson();
            splits.add(new Split(id(number + splits.size()), payload, piece.estimate));
        }
        return splits;
    }

    /** A part of a file that becomes a split. */
    private record Piece(SplitPayload.Range range, Estimate estimate) {
        static Piece of(RangeFinder.Range range) {
            return new Piece(
                    new SplitPayload.Range(range.from(), range.to(), range.line()),
                    new Estimate(range.records(), range.to() - range.from()));
        }

        static Piece of(AvroRanges.Range range) {
            return new Piece(
                    new SplitPayload.Range(range.from(), range.to(), SplitPayload.Range.HEADER),
                    new Estimate(range.records(), range.to() - range.from()));
        }

        static Piece of(ParquetFacts.Part part) {
            return new Piece(
                    new SplitPayload.Range(part.from(), part.to(), SplitPayload.Range.HEADER),
                    new Estimate(part.to() - part.from(), part.bytes()));
        }
    }

    private static long rangeBytes(long least, long fileBytes) {
        return rangeBytes(least, fileBytes, Runtime.getRuntime().availableProcessors());
    }

    /** How large the ranges of a file should be: few enough for few commits, enough to keep all processors busy. */
    static long rangeBytes(long least, long fileBytes, int processors) {
        long few = fileBytes / ((long) SPLITS_A_PROCESSOR * processors);
        return Math.clamp(few, least, MOST_SPLIT_FACTOR * least);
    }

    /** Row groups bundled to the size of a split, or to more of a file that would have very many splits. */
    private List<Piece> rowGroups(SourceFile file) {
        ParquetFacts facts = parquet.facts(files.access(), file);
        long bytes = Math.max(
                rangeBytes(Math.min(splitBytes, PARQUET_SPLIT_BYTES), file.size()), file.size() / MOST_SPLITS_A_FILE);
        return facts.parts(bytes).stream().map(Piece::of).toList();
    }

    /** Runs of blocks of an Avro file on this machine; elsewhere it would take a request for each block to find them. */
    private List<Piece> avroBlocks(SourceFile file) {
        @Nullable Path path = files.access().path(file).orElse(null);
        boolean plain = path != null
                && Probe.of(files.access(), file, settings.reading(), 1024)
                        .sample()
                        .coding()
                        .isPlain();
        if (path == null || !plain || file.size() < 2 * splitBytes) {
            return List.of();
        }
        try {
            return AvroRanges.of(path, rangeBytes(splitBytes, file.size()), context::cancelled).stream()
                    .map(Piece::of)
                    .toList();
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }

    /** The ranges of a file that can be opened at any place and whose records can be told apart there. */
    private Optional<List<RangeFinder.Range>> ranges(SourceFile file, StreamLook.Layout layout) {
        boolean lines = layout.format() == FileFormat.JSON_LINES;
        boolean rows = layout.csv() != null
                && layout.format() != FileFormat.EXCEL
                && !layout.csvLayout().dialect().hasOwnEscape();
        if (!files.access().isSeekable() || (!lines && !rows)) {
            return Optional.empty();
        }
        Probe probe = Probe.of(files.access(), file, settings.reading(), SplitOpener.HEAD_BYTES);
        if (!probe.sample().coding().isPlain()) {
            return Optional.empty();
        }
        // A line of JSON holds no line feed, so for finding lines it is text without quotes.
        CsvDialect dialect = lines
                ? CsvDialect.RFC_4180.withQuote(CsvDialect.NONE, CsvDialect.NONE)
                : layout.csvLayout().dialect();
        long from = 0;
        long line = 1;
        if (rows) {
            CsvHead head = RowForm.of(layout, settings.reading()).head(probe.sample(), file.name());
            from = head.dataOffset();
            line = head.dataLine();
        }
        try {
            TextWindow window = new TextWindow(Coding.PLAIN.open(files.access(), file, from), from, 4 << 20);
            long bytes = rangeBytes(splitBytes, file.size());
            return new RangeFinder(dialect, bytes, context::cancelled).find(window, line);
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }

    /** I4: a position says which place its files lie in. */
    private Delivered deliveredBefore(Position position) {
        if (!position.identity().equals(files.identity())) {
            throw foreign("it belongs to " + position.identity() + " and the stream reads " + files.identity());
        }
        try {
            return Delivered.ofJson(position.value());
        } catch (IllegalArgumentException damaged) {
            throw foreign(String.valueOf(damaged.getMessage()));
        }
    }

    private ProblemException foreign(String why) {
        return Problem.of("E_POSITION_FOREIGN", ProblemKind.CONFIG, "the saved position does not belong to these files")
                .at(files.path())
                .because(why)
                .fix("point the path back to where the files were, or read everything anew: `sluice state rewind`")
                .exception();
    }

    private PlanResult resume(ReadStart.Resume resume) {
        if (!files.access().isRepeatable()) {
            return new PlanResult.CannotResume("standard input can be read only once");
        }
        for (Split split : resume.plan().splits()) {
            SplitProgress progress = resume.progress().get(split.id());
            if (progress == null || !progress.finished()) {
                Optional<String> change = change(SplitPayload.ofJson(split.payload()));
                if (change.isPresent()) {
                    return new PlanResult.CannotResume(change.get());
                }
            }
        }
        return new PlanResult.Planned(new Plan(resume.plan()));
    }

    /** What happened to the files of a split since the plan was made, in a sentence. */
    private Optional<String> change(SplitPayload payload) {
        for (SourceFile file : payload.files()) {
            Optional<SourceFile> now = files.access().find(file);
            if (now.isEmpty()) {
                return Optional.of(file.name() + " is gone");
            }
            if (!now.get().isSameVersion(file)) {
                return Optional.of(file.name() + " was changed");
            }
        }
        return Optional.empty();
    }

    /** Nothing is held open: each reader makes sure of the version of its files by itself. */
    private record Plan(ReadPlan plan) implements PlannedRead {
        @Override
        public void close() {}
    }
}
