package dev.sluice.server.telemetry;

import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.notify.Messages;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Numbers of a server in the format of Prometheus: what this process has done, and how it stands with all that share its
 * store. They are of the server as a whole; thousands of connections would make thousands of series each.
 */
public final class Metrics implements JobListener, RequestListener, AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Others would make a series of whatever somebody sends. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final PrometheusMeterRegistry shown = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile IntSupplier running = () -> 0;
    private Standings standings = Standings.UNKNOWN;
    private long looked = System.nanoTime() - FRESH.toNanos();

    /**
     * How it stands with the store.
     *
     * @param isThere false if it cannot be reached
     * @param waiting the jobs that wait
     * @param held the jobs that some server works on
     * @param messages the messages that wait
     * @param connections the connections by what they are
     */
    private record Standings(
            boolean isThere, long waiting, long held, long messages, Map<Standing.Status, Long> connections) {
        static final Standings UNKNOWN = new Standings(false, 0, 0, 0, Map.of());

        static Standings read(Transaction transaction) throws SQLException {
            return new Standings(
                    true,
                    Jobs.countOpen(transaction, false),
                    Jobs.countOpen(transaction, true),
                    Messages.countWaiting(transaction),
                    new EnumMap<>(Connections.count(transaction)));
        }
    }

    /** Those of a server over a store. */
    public Metrics(Store store) {
        this(store, List.of());
    }

    /**
     * Those of a server over a store.
     *
     * @param others where the numbers go beside; closed with these
     */
    public Metrics(Store store, List<MeterRegistry> others) {
        this.store = store;
        registry.add(shown);
        others.forEach(registry::add);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        Gauge.builder("sluice.jobs.running", this, metrics -> metrics.running.getAsInt())
                .description("jobs that this process works on")
                .register(registry);
        gauge("sluice.store.up", "1 if the store can be reached", each -> each.isThere() ? 1 : 0);
        gauge("sluice.jobs.waiting", "jobs that wait, of all servers", Standings::waiting);
        gauge("sluice.jobs.held", "jobs that servers work on, of all servers", Standings::held);
        gauge("sluice.messages.waiting", "messages that wait to be sent", Standings::messages);
        for (Standing.Status status : Standing.Status.values()) {
            if (status != Standing.Status.DEPRECATED) {
                Gauge.builder(
                                "sluice.connections",
                                this,
                                metrics -> metrics.standings().connections().getOrDefault(status, 0L))
                        .tag("status", word(status))
                        .description("connections by what they are")
                        .register(registry);
            }
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<Standings> number) {
        Gauge.builder(name, this, metrics -> number.applyAsDouble(metrics.standings()))
                .description(description)
                .register(registry);
    }

    /** Says where the number of running jobs is to be had from now on. */
    public void watch(IntSupplier jobs) {
        running = jobs;
    }

    /** Counted by the process that ended it, once it is durable. */
    @Override
    public void ended(Transaction transaction, Job job) {
        transaction.afterwards(() -> ended(job));
    }

    private void ended(Job job) {
        String kind = word(job.wish().kind());
        String status = word(job.status());
        counter("sluice.jobs.ended", "jobs that ended", kind, status).increment();
        counter("sluice.records", "records that arrived", kind, status)
                .increment((double) job.totals().records());
        counter("sluice.bytes", "bytes that were read", kind, status)
                .increment((double) job.totals().bytes());
        counter("sluice.records.rejected", "records that were rejected", kind, status)
                .increment((double) job.totals().rejected());
        Instant begun =
                Objects.requireNonNullElse(job.times().startedAt(), job.times().createdAt());
        Timer.builder("sluice.jobs.duration")
                .description("from the first attempt to the end")
                .tag("kind", kind)
                .tag("status", status)
                .register(registry)
                .record(Duration.between(
                        begun, Objects.requireNonNullElse(job.times().endedAt(), begun)));
    }

    @Override
    public void disabled(Transaction transaction, Job job, FailureRow row) {
        transaction.afterwards(() -> Counter.builder("sluice.connections.disabled")
                .description("connections that were switched off because they failed too often")
                .register(registry)
                .increment());
    }

    @Override
    public void answered(Answered request) {
        Timer.builder("sluice.http.requests")
                .description("requests that were answered, by what was asked for")
                .tag("method", METHODS.contains(request.method()) ? request.method() : "other")
                .tag("route", request.route().isEmpty() ? "none" : request.route())
                .tag("status", String.valueOf(request.status()))
                .register(registry)
                .record(request.took());
    }

    private Counter counter(String name, String description, String kind, String status) {
        return Counter.builder(name)
                .description(description)
                .tag("kind", kind)
                .tag("status", status)
                .register(registry);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** All numbers as a text. */
    public String text() {
        return shown.scrape();
    }

    /** How it stands. However often it is asked for, the store is looked at every few seconds. */
    private Standings standings() {
        lock.lock();
        try {
            if (System.nanoTime() - looked >= FRESH.toNanos()) {
                standings = look();
                looked = System.nanoTime();
            }
            return standings;
        } finally {
            lock.unlock();
        }
    }

    private Standings look() {
        try {
            return store.read(Standings::read);
        } catch (ProblemException unreachable) {
            return Standings.UNKNOWN;
        }
    }

    @Override
    public void close() {
        collections.close();
        registry.getRegistries().forEach(MeterRegistry::close);
        registry.close();
    }
}
