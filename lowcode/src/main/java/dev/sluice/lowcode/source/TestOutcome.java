package dev.sluice.lowcode.source;

import dev.sluice.lowcode.http.Call;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.schema.Columns;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.stream.Definitions;
import dev.sluice.lowcode.trial.Doubts;
import dev.sluice.lowcode.trial.Exchanges;
import dev.sluice.lowcode.trial.Learnt;
import dev.sluice.lowcode.trial.Masking;
import dev.sluice.lowcode.trial.Recording;
import dev.sluice.lowcode.trial.WireLog;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.workbench.FoundSchema;
import dev.sluice.spi.workbench.Recorded;
import dev.sluice.spi.workbench.TestEnd;
import dev.sluice.spi.workbench.TestFindings;
import dev.sluice.spi.workbench.TestLine;
import dev.sluice.spi.workbench.TestPage;
import dev.sluice.spi.workbench.TestPreview;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.TestResult;
import dev.sluice.spi.workbench.TestSlice;
import dev.sluice.spi.workbench.TestWarning;
import dev.sluice.spi.workbench.WireExchange;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Gathers what comes of a test, and tells it without secrets. */
final class TestOutcome {
    private static final int MOST_LINES = 1000;

    private final TestRequest request;
    private final ConnectorContext context;
    private final List<TestLine> log = new CopyOnWriteArrayList<>();
    private Component root = new Component(Map.of(), "");
    private Object spec = None.NONE;
    private Masking masking = new Masking(None.NONE, None.NONE);
    private Instant at = Instant.EPOCH;
    private @Nullable TestWalk walk;
    private @Nullable WireLog wire;
    private @Nullable Component stream;
    private @Nullable Component described;
    private @Nullable CatalogStream catalog;
    private Object declared = None.NONE;
    private @Nullable Exchanges exchanges;
    private List<String> made = List.of();
    private @Nullable Object state;
    private @Nullable Problem problem;

    TestOutcome(TestRequest request, ConnectorContext context) {
        this.request = request;
        this.context = context;
    }

    /** What hides the secrets of this test. */
    Masking of(Manifest manifest) {
        root = manifest.root();
        spec = root.optional("spec")
                .map(options -> options.raw("connection_specification"))
                .orElse(None.NONE);
        masking = new Masking(spec, Values.ofPlain(request.config().values()));
        return masking;
    }

    Component root() {
        return root;
    }

    void at(Instant time) {
        at = time;
    }

    void reading(TestWalk begun, WireLog log) {
        walk = begun;
        wire = log;
    }

    void stream(Component definition, Component of) {
        stream = definition;
        described = of;
        exchanges = new Exchanges(masking, this::component, definition.where());
    }

    void declared(CatalogStream known, Object schema) {
        catalog = known;
        declared = schema;
    }

    void made(List<String> names) {
        made = names;
    }

    void state(Object known) {
        state = known;
    }

    boolean isPage(Call call) {
        return exchanges != null && exchanges.isPage(call);
    }

    void failed(Problem what) {
        problem = what;
    }

    /** Time is a limit like others, unless nothing was read by then. */
    void outOfTime() {
        TestWalk begun = walk;
        boolean any = begun != null
                && begun.slices().stream()
                        .flatMap(slice -> slice.pages.stream())
                        .anyMatch(page ->
                                page.exchange() == null || page.exchange().isOk());
        if (begun == null || !any) {
            problem = Problem.of("E_TEST_TIME", ProblemKind.TRANSIENT, "nothing was read in the time that the test had")
                    .because("it had " + request.limits().time().toSeconds() + " s")
                    .fix("give it more time, or look at the log for what it waited for");
            return;
        }
        begun.limit();
        line(Level.INFO, "the test was ended after " + request.limits().time().toSeconds() + " s", null);
    }

    private void line(Level level, String message, @Nullable String detail) {
        if (log.size() < MOST_LINES) {
            log.add(new TestLine(level, message, detail, context.clock().instant()));
        }
    }

    /** The host as the source sees it. */
    ConnectorContext host(boolean isReplay) {
        return new ConnectorContext() {
            @Override
            public void log(Level level, String message) {
                line(level, message, null);
            }

            @Override
            public Clock clock() {
                return isReplay ? Clock.fixed(at, ZoneOffset.UTC) : context.clock();
            }

            @Override
            public boolean cancelled() {
                return context.cancelled();
            }

            @Override
            public void configChanged(Config config) {
                masking.learn(spec, Values.ofPlain(config.values()));
                if (isReplay) {
                    return;
                }
                context.configChanged(config);
                line(Level.INFO, "the connector has changed its configuration; it is kept for the next test", null);
            }
        };
    }

    /** The component at a place. */
    private Optional<Component> component(String where) {
        Component home = stream;
        Component base = home != null && (where + "/").startsWith(home.where() + "/") ? home : root;
        String rest = where.substring(base.where().length()).replaceFirst("^/", "");
        Object found = rest.isEmpty() ? base.values() : TestReading.member(base.values(), rest);
        return found instanceof Map<?, ?> map ? Optional.of(new Component(Values.asMap(map), where)) : Optional.empty();
    }

    TestResult result() {
        TestWalk begun = walk;
        WireLog seen = wire;
        List<TestWalk.SliceSeen> slices = begun == null ? List.of() : begun.slices();
        if (begun != null) {
            begun.aside();
        }
        Exchanges shown = Objects.requireNonNullElseGet(
                exchanges, () -> new Exchanges(masking, this::component, "/streams/none"));
        List<WireLog.Seen> all = seen == null ? List.of() : seen.since(0);
        TestFindings findings = findings(slices);
        Problem told = problem;
        TestEnd end = new TestEnd(
                told == null ? null : masked(told),
                told == null ? null : new TestPlace(root, stream, this::component).of(told, all),
                state == null || isNoState(state) ? null : masking.text(JsonValues.write(state)),
                begun != null && begun.isLimited());
        List<WireExchange> others = begun == null
                ? List.of()
                : begun.others().stream().map(shown::shown).toList();
        List<TestSlice> pages =
                slices.stream().map(slice -> slice(slice, shown)).toList();
        List<TestLine> lines = log.stream()
                .map(line -> new TestLine(line.level(), masking.text(line.message()), line.detail(), line.at()))
                .toList();
        List<String> records = new TestResult(pages, List.of(), List.of(), findings, end, null).records();
        return new TestResult(pages, others, lines, findings, end, recording(records, all));
    }

    private static boolean isNoState(Object value) {
        return Values.mapOrEmpty(value).containsKey("__ab_no_cursor_state_message");
    }

    private TestSlice slice(TestWalk.SliceSeen seen, Exchanges shown) {
        List<TestPage> pages = new ArrayList<>();
        for (TestWalk.PageSeen page : seen.pages) {
            WireLog.Seen exchange = page.exchange();
            pages.add(new TestPage(
                    page.records().stream()
                            .map(record -> masking.text(JsonValues.write(record)))
                            .toList(),
                    exchange == null ? null : shown.shown(exchange)));
        }
        String after = seen.state;
        boolean stateless = after == null || after.contains("__ab_no_cursor_state_message");
        return new TestSlice(
                descriptor(seen.slice),
                stateless ? null : masking.text(Objects.requireNonNull(after)),
                pages,
                seen.others.stream().map(shown::shown).toList());
    }

    private @Nullable String descriptor(StreamSlice slice) {
        return slice.isEmpty() ? null : masking.text(JsonValues.write(new LinkedHashMap<>(slice)));
    }

    private Problem masked(Problem told) {
        String where = told.where();
        String why = told.why();
        String fix = told.fix();
        return Problem.of(told.code(), told.kind(), masking.text(told.message()))
                .at(where == null ? null : masking.text(where))
                .because(why == null ? null : masking.text(why))
                .fix(fix == null ? null : masking.text(fix));
    }

    private TestFindings findings(List<TestWalk.SliceSeen> slices) {
        List<List<List<Map<Object, Object>>>> pages = new ArrayList<>();
        List<Map<Object, Object>> records = new ArrayList<>();
        for (TestWalk.SliceSeen slice : slices) {
            List<List<Map<Object, Object>>> inside =
                    slice.pages.stream().map(TestWalk.PageSeen::records).toList();
            pages.add(inside);
            inside.forEach(records::addAll);
        }
        Component of = described;
        Component definition = stream;
        if (of == null || definition == null) {
            return new TestFindings(Learnt.of(List.of(), None.NONE, ""), List.of(), TestPreview.NOTHING, made);
        }
        String cursor = of.optional("incremental_sync")
                .flatMap(sync -> sync.optionalText("cursor_field"))
                .orElse("");
        FoundSchema schema = Learnt.of(records, declared, cursor);
        List<TestWarning> warnings = problem != null
                ? List.of()
                : Doubts.of(
                        new Doubts.Subject(
                                TestPlace.path(definition.where(), root),
                                Definitions.primaryKey(of),
                                cursor,
                                isPaged(of),
                                !Columns.of(declared).fields().getFirst().name().equals(Columns.WHOLE)
                                        || !Values.mapOrEmpty(Values.member(declared, "properties"))
                                                .isEmpty()),
                        pages,
                        schema,
                        request.limits().pages() == 1);
        CatalogStream known = catalog;
        TestPreview preview = known == null ? TestPreview.NOTHING : Previewed.of(known, declared, records, masking);
        return new TestFindings(schema, warnings, preview, made);
    }

    private static boolean isPaged(Component of) {
        return of.optional("retriever")
                .flatMap(retriever -> retriever.optional("paginator"))
                .filter(paginator -> !paginator.type().equals("NoPagination"))
                .isPresent();
    }

    private @Nullable String recording(List<String> records, List<WireLog.Seen> all) {
        WireLog seen = wire;
        boolean usable = seen != null && !seen.isCut() && request.recording() == null && !all.isEmpty();
        if (!usable || (problem != null && problem.kind() == ProblemKind.CANCELLED)) {
            return null;
        }
        Object config = Masking.config(spec, Values.ofPlain(request.config().values()));
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        Values.mapOrEmpty(config).forEach((name, value) -> plain.put(Values.str(name), Values.toPlain(value)));
        Recorded said = new Recorded(
                request.stream(), at, Config.of(plain), request.limits(), request.start(), records, all.size());
        return Recording.write(said, all, masking);
    }
}
