package dev.sluice.server.telemetry;

import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A bundle for those who help somebody with a server. It is made of a list of what goes in: numbers, versions, codes of
 * failures and what threads do. No configuration, no name, no address and no row is ever part of it.
 */
public final class Diagnostics {
    private static final int MOST_FAILURES = 200;
    private static final int MOST_FRAMES = 60;
    private static final String OURS = "SLUICE_";

    private final Store store;
    private final Jobs jobs;
    private final Metrics metrics;
    private final Clock clock;

    /** That of a server. */
    public Diagnostics(Store store, Jobs jobs, Metrics metrics, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The bundle, a zip. */
    public byte[] bundle() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("server.json", JsonText.write(server()));
        files.put("failures.json", JsonText.write(failures()));
        files.put("metrics.txt", metrics.text());
        files.put("threads.txt", threads());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry("sluice-diagnostics/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private Map<String, Object> server() {
        Runtime machine = Runtime.getRuntime();
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("at", clock.instant().toString());
        server.put(
                "version",
                Objects.requireNonNullElse(Diagnostics.class.getPackage().getImplementationVersion(), "dev"));
        server.put("java", Runtime.version().toString());
        server.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        server.put("processors", machine.availableProcessors());
        server.put("heapMost", machine.maxMemory());
        server.put("heapUsed", machine.totalMemory() - machine.freeMemory());
        server.put("upSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1_000);
        server.put("store", store.dialect().name());
        // Their names say what was set up; their values are nobody's business.
        TreeSet<String> names = new TreeSet<>();
        System.getenv().keySet().stream().filter(name -> name.startsWith(OURS)).forEach(names::add);
        server.put("variables", names);
        return server;
    }

    /** The last failures by their codes: messages may name what only their owners should see. */
    private List<Map<String, Object>> failures() {
        List<Map<String, Object>> failures = new ArrayList<>();
        for (Attempt attempt : store.<List<Attempt>>read(transaction -> jobs.lastFailed(transaction, MOST_FAILURES))) {
            Problem problem = attempt.failure();
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("job", attempt.jobId());
            members.put("attempt", attempt.number());
            members.put("at", String.valueOf(attempt.times().endedAt()));
            members.put("code", problem == null ? "" : problem.code());
            members.put("kind", problem == null ? "" : problem.kind().name());
            members.put("records", attempt.totals().records());
            failures.add(members);
        }
        return failures;
    }

    private static String threads() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            text.append(name(thread.getName()))
                    .append(' ')
                    .append(thread.getState())
                    .append('\n');
            for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
                text.append("    at ").append(frames[i]).append('\n');
            }
        });
        return text.toString();
    }

    /** Drivers name threads after where they are connected to. */
    private static String name(@Nullable String thread) {
        String name = String.valueOf(thread);
        return name.startsWith("sluice") || name.matches("[A-Za-z0-9 #_-]{1,40}") ? name : "another thread";
    }
}
