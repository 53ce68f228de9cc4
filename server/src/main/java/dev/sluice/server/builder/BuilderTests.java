package dev.sluice.server.builder;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.workbench.TestProgress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The tests of projects. */
public final class BuilderTests {
    /** How many of a stream are kept. */
    private static final int MOST_OF_STREAM = 20;

    /** How many of those can be run again. */
    private static final int MOST_RECORDINGS = 3;

    /** How many of a workspace run at the same time. */
    private static final int MOST_AT_ONCE = 2;

    /** After so long without a beat whoever ran it is gone. */
    private static final Duration GONE = Duration.ofSeconds(20);

    private static final String COLUMNS = "id, project_id, stream, print, status, cancel_wished, progress, outcome,"
            + " started_at, beat_at, ended_at, recording IS NOT NULL AS recorded";

    private final Clock clock;

    /** Those of a store. */
    public BuilderTests(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins one.
     *
     * @param print the print of the stream
     */
    BuilderTest begin(Transaction transaction, BuilderProject project, String stream, String print)
            throws SQLException {
        Instant now = clock.instant();
        transaction.exclusively(project.workspaceId().getLeastSignificantBits());
        long running = transaction.count(
                "SELECT count(*) AS n FROM builder_test WHERE workspace_id = ? AND status = ? AND beat_at > ?",
                project.workspaceId(),
                BuilderTest.Status.RUNNING,
                now.minus(GONE));
        if (running >= MOST_AT_ONCE) {
            throw full("the workspace runs " + running + " tests already");
        }
        BuilderTest test = new BuilderTest(
                UUID.randomUUID(),
                project.id(),
                stream,
                print,
                BuilderTest.Status.RUNNING,
                new BuilderTest.Times(now, now, null),
                new BuilderTest.Facts(progress(TestProgress.NOTHING), null, false));
        transaction.change(
                "INSERT INTO builder_test (id, project_id, workspace_id, stream, print, status, cancel_wished,"
                        + " progress, started_at, beat_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                test.id(),
                project.id(),
                project.workspaceId(),
                stream,
                print,
                test.status(),
                false,
                test.facts().progress(),
                now,
                now);
        return test;
    }

    static dev.sluice.spi.problem.ProblemException full(String why) {
        return Problem.of("E_BUILDER_BUSY", ProblemKind.CONFLICT, why)
                .fix("wait until one of them has ended, or cancel it")
                .exception();
    }

    private static Json progress(TestProgress progress) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("records", progress.records());
        shown.put("pages", progress.pages());
        shown.put("slices", progress.slices());
        shown.put("requests", progress.requests());
        return new Json(JsonText.write(shown));
    }

    /**
     * Tells that somebody still runs one, and how far it is.
     *
     * @return false if it is not wanted any more
     */
    boolean beat(Transaction transaction, UUID id, TestProgress progress) throws SQLException {
        transaction.change(
                "UPDATE builder_test SET progress = ?, beat_at = ? WHERE id = ?",
                progress(progress),
                clock.instant(),
                id);
        return transaction
                .first(row -> !row.flag("cancel_wished"), "SELECT cancel_wished FROM builder_test WHERE id = ?", id)
                .orElse(false);
    }

    /** One was run. */
    void end(Transaction transaction, BuilderTest test, Ended ended) throws SQLException {
        String recording = ended.recording();
        transaction.change(
                "UPDATE builder_test SET status = ?, progress = ?, outcome = ?, ended_at = ?, result = ?, recording = ?"
                        + " WHERE id = ?",
                ended.status(),
                progress(ended.progress()),
                ended.outcome(),
                clock.instant(),
                packed(ended.result()),
                recording == null ? null : packed(recording),
                test.id());
        transaction.change(
                "UPDATE builder_test SET recording = NULL WHERE project_id = ? AND stream = ? AND recording IS NOT"
                        + " NULL AND id NOT IN (SELECT id FROM builder_test WHERE project_id = ? AND stream = ? AND"
                        + " recording IS NOT NULL ORDER BY started_at DESC, id LIMIT ?)",
                test.projectId(),
                test.stream(),
                test.projectId(),
                test.stream(),
                MOST_RECORDINGS);
        transaction.change(
                "DELETE FROM builder_test WHERE project_id = ? AND stream = ? AND id NOT IN (SELECT id FROM"
                        + " builder_test WHERE project_id = ? AND stream = ? ORDER BY started_at DESC, id LIMIT ?)",
                test.projectId(),
                test.stream(),
                test.projectId(),
                test.stream(),
                MOST_OF_STREAM);
    }

    /**
     * What came of one.
     *
     * @param status how it ended
     * @param progress how far it got
     * @param outcome records, problem, warnings
     * @param result all that was seen, in JSON
     * @param recording what it takes to run it again; null if it cannot be
     */
    record Ended(
            BuilderTest.Status status,
            TestProgress progress,
            Json outcome,
            String result,
            @Nullable String recording) {}

    /** Makes one end soon. */
    public void cancel(Transaction transaction, BuilderTest test) throws SQLException {
        transaction.change(
                "UPDATE builder_test SET cancel_wished = ? WHERE id = ? AND status = ?",
                true,
                test.id(),
                BuilderTest.Status.RUNNING);
    }

    /** One of them; one that nobody runs any more counts as failed. */
    public Optional<BuilderTest> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(this::read, "SELECT " + COLUMNS + " FROM builder_test WHERE id = ?", id);
    }

    /** Those of a stream, the newest first; of all streams if none is named. */
    public List<BuilderTest> list(Transaction transaction, UUID projectId, @Nullable String stream)
            throws SQLException {
        return stream == null
                ? transaction.all(
                        this::read,
                        "SELECT " + COLUMNS + " FROM builder_test WHERE project_id = ? ORDER BY started_at DESC, id",
                        projectId)
                : transaction.all(
                        this::read,
                        "SELECT " + COLUMNS
                                + " FROM builder_test WHERE project_id = ? AND stream = ? ORDER BY started_at DESC, id",
                        projectId,
                        stream);
    }

    /** The last one of each stream that has ended and was not cancelled. */
    public Map<String, BuilderTest> last(Transaction transaction, UUID projectId) throws SQLException {
        Map<String, BuilderTest> last = new LinkedHashMap<>();
        for (BuilderTest test : list(transaction, projectId, null)) {
            if (test.status() == BuilderTest.Status.SUCCEEDED || test.status() == BuilderTest.Status.FAILED) {
                last.putIfAbsent(test.stream(), test);
            }
        }
        return last;
    }

    /** All that was seen in one, in JSON. */
    public Optional<String> result(Transaction transaction, UUID id) throws SQLException {
        return text(transaction, "result", id);
    }

    /** What it takes to run one again. */
    public Optional<String> recording(Transaction transaction, UUID id) throws SQLException {
        return text(transaction, "recording", id);
    }

    private static Optional<String> text(Transaction transaction, String column, UUID id) throws SQLException {
        return transaction
                .first(
                        row -> Optional.ofNullable(row.bytesOrNull(column)),
                        "SELECT " + column + " FROM builder_test WHERE id = ?",
                        id)
                .flatMap(bytes -> bytes)
                .map(BuilderTests::unpacked);
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return bytes.toByteArray();
    }

    private static String unpacked(byte[] bytes) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private BuilderTest read(Row row) throws SQLException {
        BuilderTest.Status status = row.word("status", BuilderTest.Status.class);
        Instant beat = row.time("beat_at");
        Json outcome = row.jsonOrNull("outcome");
        if (status == BuilderTest.Status.RUNNING
                && beat.isBefore(clock.instant().minus(GONE))) {
            status = BuilderTest.Status.FAILED;
            outcome = new Json(JsonText.write(Map.of(
                    "records", 0, "problem", "the server that ran it has ended meanwhile", "warnings", List.of())));
        }
        return new BuilderTest(
                row.id("id"),
                row.id("project_id"),
                row.text("stream"),
                row.text("print"),
                status,
                new BuilderTest.Times(row.time("started_at"), beat, row.timeOrNull("ended_at")),
                new BuilderTest.Facts(row.json("progress"), outcome, row.flag("recorded")));
    }
}
