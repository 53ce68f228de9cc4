package dev.sluice.engine.verify;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.source.ChecksumTask;
import dev.sluice.spi.source.Checksums;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Has the databases of both sides count and sum their rows, so that nothing has to be moved where all is well.
 *
 * <p>It can only prove that both sides are the same: each text form has one value only, so equal sums mean equal rows.
 * Where they differ, or a database cannot write a field in the form that both need, nothing is said, and the rows are read.
 */
final class InDatabases {
    private static final int MICROS = 6;
    private static final long PATIENCE_MILLIS = 50;

    private final List<ChecksumRead.Column> ofSource;
    private final List<ChecksumRead.Column> ofStored;
    private final List<Integer> key;
    private final List<String> notes;

    private InDatabases(
            List<ChecksumRead.Column> ofSource,
            List<ChecksumRead.Column> ofStored,
            List<Integer> key,
            List<String> notes) {
        this.ofSource = ofSource;
        this.ofStored = ofStored;
        this.key = key;
        this.notes = notes;
    }

    /** What both databases are asked; null if the fields of a stream, or what is done to them, cannot be asked for. */
    static @Nullable InDatabases of(StreamPlan plan, Fields fields) {
        if (!plan.mapping().onlyRenames()
                || plan.read().filter() != null
                || fields.compared().isEmpty()) {
            return null;
        }
        List<ChecksumRead.Column> ofSource = new ArrayList<>();
        List<ChecksumRead.Column> ofStored = new ArrayList<>();
        for (Fields.Compared each : fields.compared()) {
            ChecksumForm form = form(each.readers());
            int fraction = each.readers().source().fraction();
            if (form == null) {
                return null;
            }
            // Mappers that only rename leave each field in its place.
            String name = plan.read().schema().field(each.source()).name();
            String column = fields.stored().field(each.stored()).name();
            ofSource.add(new ChecksumRead.Column(name, form, fraction));
            ofStored.add(new ChecksumRead.Column(column, form, fraction));
        }
        List<Integer> all = IntStream.range(0, ofSource.size()).boxed().toList();
        return new InDatabases(ofSource, ofStored, fields.hasKey() ? fields.key() : all, fields.notes());
    }

    private static @Nullable ChecksumForm form(ValueReader.Both readers) {
        ValueReader source = readers.source();
        ValueReader stored = readers.stored();
        if (!stored.textOf().equals(stored.type())) {
            return null;
        }
        return switch (source.form()) {
            case TRUTH -> ChecksumForm.TRUTH;
            case NUMBER -> ChecksumForm.NUMBER;
            case DOUBLE -> ChecksumForm.DOUBLE;
            case SINGLE -> ChecksumForm.SINGLE;
            case BYTES -> bytes(source.type(), stored.type());
            case JSON -> ChecksumForm.JSON;
            case UUID -> ChecksumForm.UUID;
            case DATE -> ChecksumForm.DATE;
            case TIME -> source.fraction() <= MICROS ? ChecksumForm.TIME : null;
            case MOMENT -> source.fraction() <= MICROS ? ChecksumForm.MOMENT : null;
            case ZONED_TIME, TEXT -> null;
        };
    }

    private static @Nullable ChecksumForm bytes(DataType source, DataType stored) {
        boolean binary = source instanceof DataType.BinaryType;
        return binary != stored instanceof DataType.BinaryType ? null : binary ? ChecksumForm.HEX : ChecksumForm.TEXT;
    }

    /**
     * What the databases said.
     *
     * @param rows how many rows both have, if they have the same; null if that is not proven
     * @param notes what is not proven by them and why, a sentence each
     */
    record Answer(@Nullable Long rows, List<String> notes) {
        static final Answer UNPROVEN = new Answer(null, List.of());
    }

    /** Asks both sides. */
    Answer ask(Source source, StreamId stream, Source stored, StreamId storedAs, StopSignal stop) {
        try (ChecksumTask one = source.checksums(new ChecksumRead(stream, ofSource, key));
                ChecksumTask other = one == null ? null : stored.checksums(new ChecksumRead(storedAs, ofStored, key))) {
            return one == null || other == null ? Answer.UNPROVEN : compare(one, other, stop);
        }
    }

    /** Has both databases work at the same time. A failure of theirs is none of the comparison: then the rows are read. */
    private Answer compare(ChecksumTask source, ChecksumTask stored, StopSignal stop) {
        ThreadFactory threads =
                Thread.ofPlatform().name("sluice checksums ", 0).daemon(true).factory();
        CountDownLatch ended = new CountDownLatch(2);
        try (ExecutorService pool = Executors.newFixedThreadPool(2, threads)) {
            Future<@Nullable Checksums> one = pool.submit(counted(source, stored, ended));
            Future<@Nullable Checksums> other = pool.submit(counted(stored, source, ended));
            while (!ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stop.isRequested()) {
                    source.cancel();
                    stored.cancel();
                }
            }
            if (stop.isRequested()) {
                throw Reading.cancelled();
            }
            Checksums sums = one.get();
            return sums != null && sums.equals(other.get()) ? new Answer(sums.rows(), notes) : Answer.UNPROVEN;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof ProblemException known) {
                return new Answer(
                        null,
                        List.of("its rows were read, as they could not be summed where they are: "
                                + known.problem().message()));
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Reading.cancelled();
        }
    }

    /** What the other sums is of no use once this one failed. */
    private static Callable<@Nullable Checksums> counted(ChecksumTask task, ChecksumTask other, CountDownLatch ended) {
        return () -> {
            boolean done = false;
            try {
                Checksums sums = task.run();
                done = sums != null;
                return sums;
            } finally {
                if (!done) {
                    other.cancel();
                }
                ended.countDown();
            }
        };
    }
}
