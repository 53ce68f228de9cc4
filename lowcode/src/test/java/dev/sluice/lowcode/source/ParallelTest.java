package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slices of a stream are read at the same time, as many as the manifest allows, and nothing comes out otherwise. */
@Timeout(120)
class ParallelTest {
    private static final FakeService SERVICE = new FakeService();
    private static final String CURSOR = """
        incremental_sync:
              type: DatetimeBasedCursor
              cursor_field: at
              datetime_format: "%Y-%m-%d"
              start_datetime: "2024-03-01"
              end_datetime: "2024-03-09"
              step: P3D
              cursor_granularity: P1D
              start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: from}
        """.strip();

    private final Reading reading = new Reading();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    /** A stream with numbered partitions. */
    private static String manifest(int partitions, String root, String stream) {
        String values = IntStream.range(0, partitions)
                .mapToObj(each -> "\"" + each + "\"")
                .collect(Collectors.joining(", "));
        return """
            version: "6.0.0"
            type: DeclarativeSource
            check: {type: CheckStream, stream_names: [items]}
            ROOT
            streams:
              - &items
                type: DeclarativeStream
                name: items
                STREAM
                schema_loader: {type: InlineSchemaLoader, schema: {type: object, properties: {k: {type: string}, id: {type: string}, at: {type: string}}}}
                retriever: &retriever
                  type: SimpleRetriever
                  partition_router: {type: ListPartitionRouter, values: [VALUES], cursor_field: k, request_option: {type: RequestOption, inject_into: request_parameter, field_name: k}}
                  requester: {type: HttpRequester, url_base: "{{ config['url'] }}", path: /items}
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
              - {<<: *items, name: others}
            """.replace("VALUES", values)
                .replace("ROOT", root)
                .replace("STREAM", stream.isEmpty() ? "primary_key: id" : stream);
    }

    private Source open(String manifest) {
        return reading.open(manifest, Map.of("url", SERVICE.url(), "workers", 3));
    }

    private static String level(String level) {
        return level.isEmpty() ? "" : "concurrency_level: {type: ConcurrencyLevel, default_concurrency: " + level + "}";
    }

    private static Reply record(Asked request, String id) {
        return Reply.json("{\"data\": [{\"k\": \"%s\", \"id\": \"%s\"}]}"
                .formatted(request.query().get("k"), id));
    }

    private static void await(CyclicBarrier all) {
        try {
            all.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException("fewer requests come at the same time than may", alone);
        }
    }

    /** The service answers none before as many have come as may come at the same time: so always that many are on their way. */
    @ParameterizedTest
    @CsvSource({
        "'', 2",
        "1, 1",
        "4, 4",
        "'\"{{ config.workers + 5 }}\", max_concurrency: 5', 5",
        "10, 10",
    })
    void asManyRequestsAreOnTheirWayAsTheManifestAllows(String level, int expected) {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier all = new CyclicBarrier(expected);
        SERVICE.answer(request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await(all);
            now.decrementAndGet();
            return record(request, "1");
        });
        try (Source source = open(manifest(40, level(level), ""))) {
            Set<String> keys = Set.copyOf(reading.full(source, "items").all("k"));
            assertThat(keys).hasSize(40);
        }
        assertThat(most.get()).isEqualTo(expected);
    }

    /** What the service has of a partition: a record on each second day. */
    private static Reply days(Asked request) {
        int key = Integer.parseInt(request.query().get("k"));
        int from = Integer.parseInt(
                request.query().getOrDefault("from", "2024-03-01").substring(8));
        String items = IntStream.range(from, from + 3)
                .filter(day -> (day + key) % 2 == 0)
                .mapToObj(day ->
                        "{\"k\": \"%d\", \"id\": \"%d-%d\", \"at\": \"2024-03-0%d\"}".formatted(key, key, day, day))
                .collect(Collectors.joining(", "));
        return Reply.json("{\"data\": [" + items + "]}");
    }

    /** Of each four requests the last is answered first. */
    private static Reply backwards(Asked request, Map<Integer, CountDownLatch> turns, AtomicInteger asked) {
        int place = asked.getAndIncrement();
        try {
            CountDownLatch next = turns.get(place + 1);
            if (place % 4 != 3 && next != null) {
                next.await(20, TimeUnit.SECONDS);
            }
            return days(request);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        } finally {
            Objects.requireNonNull(turns.get(place)).countDown();
        }
    }

    @Test
    void statesAreTheSameWhateverEndsFirst() {
        SERVICE.answer(ParallelTest::days);
        String alone;
        List<String> rows;
        try (Source source = open(manifest(8, level("1"), CURSOR))) {
            Reading.Result result = reading.incremental(source, "items", null);
            alone = Objects.requireNonNull(result.end()).value();
            rows = result.all("id").stream().sorted().toList();
        }
        Map<Integer, CountDownLatch> turns =
                IntStream.range(0, 24).boxed().collect(Collectors.toMap(each -> each, each -> new CountDownLatch(1)));
        AtomicInteger asked = new AtomicInteger();
        SERVICE.answer(request -> backwards(request, turns, asked));
        try (Source source = open(manifest(8, level("4"), CURSOR))) {
            Reading.Result result = reading.incremental(source, "items", null);
            assertThat(Objects.requireNonNull(result.end()).value()).isEqualTo(alone);
            assertThat(result.all("id").stream().sorted()).isEqualTo(rows);
        }
    }

    /** Reads on from a position, and gives up after some batches; tells what is safe and where to go on. */
    private @Nullable String part(
            Source source, StreamRead read, ReadPlan plan, @Nullable String after, int batches, List<String> safe) {
        List<String> rows = new ArrayList<>();
        String position = after;
        try (SplitReader reader = source.open(read, plan, plan.splits().getFirst(), after, reading.new Host())) {
            for (int i = 0; i < batches; i++) {
                RecordBatch batch = reader.read();
                if (batch == null) {
                    safe.addAll(rows);
                    return "end " + reader.end();
                }
                Reading.rows(batch).forEach(row -> rows.add(row.getOrDefault("id", "")));
                String here = reader.position();
                if (here != null) {
                    position = here;
                    safe.addAll(rows);
                    rows.clear();
                }
            }
        }
        return position;
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "5", "8"})
    void aReadThatIsInterruptedGoesOnWithEachRowOnce(int batches) {
        SERVICE.answer(ParallelTest::days);
        try (Source source = open(manifest(8, level("4"), CURSOR))) {
            StreamRead read = reading.wish(source, "items", SyncMode.INCREMENTAL);
            if (!(source.plan(read, new ReadStart.Beginning()) instanceof PlanResult.Planned(var planned))) {
                throw new AssertionError();
            }
            List<String> safe = new ArrayList<>();
            String position = null;
            int attempts = 0;
            while (position == null || !position.startsWith("end ")) {
                assertThat(attempts++).as("attempts").isLessThan(100);
                // Whoever gets no further takes more the next time, as a run does.
                position = part(source, read, planned.plan(), position, batches + attempts, safe);
            }
            assertThat(safe).doesNotHaveDuplicates().hasSize(8 * 9 / 2);
            Position end = source.end(
                    read, planned.plan(), Map.of("records", new SplitProgress(position.substring(4), true, 36)));
            assertThat(Objects.requireNonNull(end).value())
                    .contains("{\"partition\":{\"k\":\"0\"},\"cursor\":{\"at\":\"2024-03-08\"}}")
                    .contains("{\"partition\":{\"k\":\"7\"},\"cursor\":{\"at\":\"2024-03-09\"}}");
        }
    }

    @Test
    void aReadThatWaitsInManyPlacesEndsAtOnce() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(4);
        CountDownLatch never = new CountDownLatch(1);
        SERVICE.answer(request -> {
            waiting.countDown();
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return record(request, "1");
        });
        try (Source source = open(manifest(40, level("4"), ""))) {
            StreamRead read = reading.wish(source, "items", SyncMode.FULL_REFRESH);
            if (!(source.plan(read, new ReadStart.Beginning()) instanceof PlanResult.Planned(var planned))) {
                throw new AssertionError();
            }
            var plan = planned.plan();
            try (SplitReader reader = source.open(read, plan, plan.splits().getFirst(), null, reading.new Host())) {
                Thread stopper = Thread.ofVirtual().start(() -> {
                    try {
                        waiting.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    reader.cancel();
                });
                assertThatThrownBy(reader::read)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                stopped -> assertThat(stopped.problem().code()).isEqualTo("E_CANCELLED"));
                stopper.join();
            }
        } finally {
            never.countDown();
        }
    }

    @Test
    void aBudgetHoldsForAllLanesTogether() {
        SERVICE.answer(request -> record(request, "1"));
        String began = reading.clock().instant().toString();
        String budget = """
            api_budget: {type: HTTPAPIBudget, policies: [{type: MovingWindowCallRatePolicy, rates: [{type: Rate, limit: 2, interval: PT10S}], matchers: []}]}
            """.strip();
        try (Source source = open(manifest(8, level("4") + "\n" + budget, ""))) {
            assertThat(reading.full(source, "items").rows()).hasSize(8);
        }
        assertThat(reading.since(began).toSeconds()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void streamsOfAGroupAreReadOneAfterTheOther() throws InterruptedException {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        SERVICE.answer(request -> record(request, "1"));
        String groups = """
            stream_groups: {all: {type: StreamGroup, streams: ["#/streams/0", "#/streams/1"], action: {type: BlockSimultaneousSyncsAction}}}
            """.strip();
        try (Source source = open(manifest(3, groups, ""))) {
            StreamRead first = reading.wish(source, "items", SyncMode.FULL_REFRESH);
            StreamRead second = reading.wish(source, "others", SyncMode.FULL_REFRESH);
            if (!(source.plan(first, new ReadStart.Beginning()) instanceof PlanResult.Planned(var one))
                    || !(source.plan(second, new ReadStart.Beginning()) instanceof PlanResult.Planned(var two))) {
                throw new AssertionError();
            }
            SplitReader reader =
                    source.open(first, one.plan(), one.plan().splits().getFirst(), null, reading.new Host());
            assertThat(reader.read()).isNotNull();
            Thread other = Thread.ofPlatform().start(() -> {
                try (SplitReader late =
                        source.open(second, two.plan(), two.plan().splits().getFirst(), null, reading.new Host())) {
                    late.read();
                    order.add("second began");
                }
            });
            while (other.getState() != Thread.State.WAITING && other.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(SERVICE.asked()).hasSize(3);
            order.add("first ended");
            reader.close();
            other.join();
            assertThat(order).containsExactly("first ended", "second began");
            assertThat(SERVICE.asked()).hasSize(6);
        }
    }

    @Test
    void asManyJobsRunAsTheManifestAllows() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier both = new CyclicBarrier(2);
        SERVICE.answer(request -> switch (request.path()) {
            case "/create" -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                await(both);
                yield Reply.json("{}");
            }
            case "/poll" -> {
                now.decrementAndGet();
                yield Reply.json("{\"status\": \"done\"}");
            }
            default -> record(request, "1");
        });
        String requester = "{type: HttpRequester, url_base: \"{{ config['url'] }}\", path: ";
        String jobs =
                "retriever: {type: AsyncRetriever, partition_router: {type: ListPartitionRouter, values: [a, b, c, d],"
                        + " cursor_field: k}, creation_requester: " + requester + "/create}, polling_requester: "
                        + requester
                        + "/poll}, download_requester: " + requester
                        + "/items}, status_extractor: {type: DpathExtractor, field_path: [status]}, status_mapping:"
                        + " {type: AsyncJobStatusMap, running: [busy], completed: [done], failed: [broken], timeout:"
                        + " [late]}, record_selector: {type: RecordSelector, extractor: {type: DpathExtractor,"
                        + " field_path: []}}, download_extractor: {type: DpathExtractor, field_path: [data]}}";
        String text = manifest(1, "max_concurrent_async_job_count: 2", "")
                .replaceAll("(?s)retriever: &retriever.*?(?=  - \\{<<)", "\u0000");
        try (Source source = open(text.replace("\u0000", jobs + "\n"))) {
            assertThat(reading.full(source, "items").rows()).hasSize(4);
        }
        assertThat(most.get()).isEqualTo(2);
    }
}
