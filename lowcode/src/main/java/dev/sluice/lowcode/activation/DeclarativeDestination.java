package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.auth.RenewedTokens;
import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.CallBudget;
import dev.sluice.lowcode.http.Concurrency;
import dev.sluice.lowcode.http.Requester;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.ledger.LedgerFile;
import dev.sluice.lowcode.ledger.MetKeys;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.destination.ObjectWrite;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.Field;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A configured destination that a definition describes. */
final class DeclarativeDestination implements Destination {
    private static final String NOTHING_REMEMBERED =
            "nothing is remembered here of objects that this stream has inserted: if it ran before or elsewhere, bring"
                    + " that folder of state back first, or each of them is inserted once more";

    private final String name;
    private final Component root;
    private final ConnectorContext context;
    private final Transport transport;
    private final Surroundings surroundings;
    private final Requesters requesters;
    private final ObjectList objects;
    private final boolean detectsChanges;

    /**
     * How it gets to the system.
     *
     * @param waiting how it waits
     * @param transport what carries requests; closed with the destination
     */
    record Network(Surroundings.Waiting waiting, Transport transport) {}

    DeclarativeDestination(String name, Component root, Config config, ConnectorContext context, Network network) {
        this.name = name;
        this.transport = network.transport();
        this.root = root;
        this.context = context;
        Map<Object, Object> values = new LinkedHashMap<>(Values.mapOrEmpty(Values.ofPlain(config.values())));
        this.detectsChanges = !Boolean.FALSE.equals(values.get(DeclarativeConnector.CHANGES));
        require(root, values);
        surroundings = new Surroundings(
                values, context.clock(), transport, line -> context.log(Level.INFO, line), network.waiting());
        surroundings.keepBy(RenewedTokens.keptBy(context));
        requesters = new Requesters(
                surroundings,
                new CallBudget(root.optional("api_budget"), surroundings),
                new Concurrency(root, surroundings));
        objects = new ObjectList(root, requesters);
    }

    private static void require(Component root, Map<Object, Object> values) {
        for (String option : DeclarativeConnector.required(root)) {
            Object value = values.get(option);
            if (value == null || value instanceof None) {
                throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the option " + option + " is missing")
                        .at(option)
                        .because("the destination requires it")
                        .exception();
            }
        }
    }

    @Override
    public DestinationTraits traits() {
        return new DestinationTraits(ObjectList.modes(root), false, true, true, true, 1);
    }

    @Override
    public List<ObjectOperation> operations(@Nullable String object) {
        List<ObjectOperation> operations = new ArrayList<>();
        objects.kinds(object).forEach(kind -> operations.addAll(objects.operations(kind)));
        return operations;
    }

    @Override
    public CheckReport check() {
        List<CheckReport.Step> steps = new ArrayList<>();
        Optional<Component> asked = root.optional("check");
        String what = asked.map(check -> check.text("name", "log in")).orElse("list the objects");
        try {
            if (asked.isPresent()) {
                Component requester = objects.requester(asked.get().required("requester"));
                requesters.of(requester, false).send(Requester.Page.only(StreamSlice.WHOLE));
                steps.add(CheckReport.Step.ok(what, null));
            }
            List<String> names =
                    objects.kinds(null).stream().map(ObjectKind::name).toList();
            steps.add(CheckReport.Step.ok("list the objects", names.size() + " kinds"));
        } catch (ProblemException failed) {
            steps.add(CheckReport.Step.failed(steps.isEmpty() ? what : "list the objects", failed.problem()));
        }
        return new CheckReport(steps);
    }

    private ObjectWrite object(TargetSpec spec) {
        ObjectWrite object = spec.object();
        if (object == null) {
            throw Problem.of("E_OBJECT_NONE", ProblemKind.CONFIG, "it is not said which objects the rows become")
                    .at(spec.stream().toString())
                    .because(name + " has objects of its own, and takes no copies of streams")
                    .fix("name one with its fields: `object: ...` and `map: ...`")
                    .exception();
        }
        return object;
    }

    /** How it is written, by requesters that can be stopped by themselves. */
    private ObjectWriting writing(TargetSpec spec, Surroundings own) {
        DestinationSyncMode mode = spec.mode().mode();
        return writing(spec, mode == DestinationSyncMode.MIRROR ? DestinationSyncMode.APPEND_DEDUP : mode, own);
    }

    private ObjectWriting writing(TargetSpec spec, DestinationSyncMode mode, Surroundings own) {
        String object = object(spec).object();
        ObjectKind kind = objects.kinds(object).stream()
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                "E_OBJECT_UNKNOWN", ProblemKind.CONFIG, "the destination has no object " + object)
                        .at(spec.stream().toString())
                        .because("it is gone, or the credentials do not allow writing it")
                        .exception());
        return objects.writing(kind, mode, keyNames(spec), requesters.in(own));
    }

    private static List<String> keyNames(TargetSpec spec) {
        return spec.mode().primaryKey().stream().map(FieldPath::column).toList();
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        ObjectWriting writing = writing(spec, surroundings);
        List<ColumnPlan> columns = new ArrayList<>();
        for (Field field : spec.schema().fields()) {
            columns.add(new ColumnPlan(
                    field, field.name(), field.type().notation(), Fit.EXACT, ColumnPlan.Action.KEEP, null));
        }
        List<String> notes = new ArrayList<>();
        List<String> keys = keyNames(spec);
        if (!keys.isEmpty()) {
            notes.add("objects are found by " + String.join(" and ", keys));
        }
        notes.add(
                writing.maxRecords() == 1
                        ? "one record a request"
                        : "up to " + writing.maxRecords() + " records a request");
        if (writing.large() != writing) {
            notes.add("from " + writing.manyRecords() + " changed records of a batch on, up to "
                    + writing.large().maxRecords() + " at once");
        }
        if (detectsChanges && !keys.isEmpty()) {
            notes.add("only what has changed since it was sent last is sent");
        }
        if (spec.mode().mode() == DestinationSyncMode.APPEND && mayBeAgain(spec)) {
            notes.add(NOTHING_REMEMBERED);
        }
        Guarantee guarantee = switch (writing.whenRepeated()) {
            case SAFE, BY_KEY -> Guarantee.IDEMPOTENT;
            case NEVER -> Guarantee.AT_LEAST_ONCE;
        };
        if (writing.whenRepeated() == ObjectWriting.Repeat.NEVER) {
            notes.add("the system does not know a record again: one that may have arrived when a run broke off is not"
                    + " sent once more, but rejected as IN_DOUBT");
        }
        return new TargetPlan(object(spec).object(), TargetPlan.Action.EXTEND, columns, guarantee, notes);
    }

    /** True if nothing is remembered of a target, so that nobody knows here whether its objects were inserted before. */
    private boolean mayBeAgain(TargetSpec spec) {
        return context.memory().isPresent() && !Files.exists(file(spec));
    }

    /** The file of the ledger of a target: each stream has one of its own for each object. */
    private Path file(TargetSpec spec) {
        Path folder = context.memory()
                .orElseThrow(
                        () -> Problem.of("E_LEDGER_HOME", ProblemKind.CONFIG, "what was sent cannot be remembered here")
                                .at(spec.stream().toString())
                                .because("this host gives " + name + " no folder of its own, and the system itself"
                                        + " remembers no runs")
                                .fix("run it by `sluice sync` with a project file, or on a server that keeps its"
                                        + " store in its own data directory")
                                .exception());
        String object = object(spec).object();
        String key = object + "\0" + spec.owner().connectionId() + "\0" + spec.stream();
        return folder.resolve(object.replaceAll("[^A-Za-z0-9_.-]", "_") + "-" + digest(key) + ".ledger");
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        object(spec);
        return LedgerFile.read(file(spec));
    }

    @Override
    public Target open(TargetSpec spec) {
        Surroundings own = surroundings.forReader();
        ObjectWriting writing = writing(spec, own);
        if (spec.mode().mode() == DestinationSyncMode.APPEND && mayBeAgain(spec)) {
            context.log(Level.WARNING, spec.stream() + ": " + NOTHING_REMEMBERED);
        }
        LedgerFile ledger = LedgerFile.open(file(spec), context.clock());
        try {
            ActivationMirror mirror = spec.mode().mode() == DestinationSyncMode.MIRROR
                    ? new ActivationMirror(writing(spec, DestinationSyncMode.DELETE, own), MetKeys.open(file(spec)))
                    : null;
            ActivationTarget.Host around = new ActivationTarget.Host(context, own, lanes(), detectsChanges);
            return ActivationTarget.open(spec, writing, ledger, mirror, around);
        } catch (ProblemException failure) {
            ledger.close();
            throw failure;
        }
    }

    private int lanes() {
        return requesters.concurrency().lanes();
    }

    @Override
    public void close() {
        surroundings.stop();
        transport.close();
    }
}
