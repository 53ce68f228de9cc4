package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.DefinitionFile;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.lowcode.activation.DestinationTrial;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.trial.Exchanges;
import dev.sluice.lowcode.trial.Masking;
import dev.sluice.lowcode.trial.WireLog;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.workbench.ExchangeAbout;
import dev.sluice.spi.workbench.WireExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tries out the definition of a destination: logs in, tells what can be written, and sends rows if some are given. */
final class DestinationTrialRun {
    private final Session session;
    private final DestinationTrial trial;
    private final Config config;
    private final Masking masking;
    private final WireLog wire;

    DestinationTrialRun(Session session, DefinitionFile definition, Config config) {
        this.session = session;
        this.trial = definition.trial();
        this.config = config;
        this.masking = new Masking(JsonValues.read(definition.spec()), Values.ofPlain(config.values()));
        this.wire = new WireLog(masking, null, true);
    }

    /**
     * Runs it.
     *
     * @param object the object that is asked for; null for all
     * @param sample what is sent; null to send nothing
     */
    Report run(@Nullable String object, DestinationTrial.@Nullable Sample sample) {
        TrialHost host = new TrialHost(session);
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        List<Line> found = new ArrayList<>();
        Problem problem = null;
        String summary = "";
        Look look = session.console().outLook();
        try {
            if (sample == null) {
                summary = looked(host, object, facts, found, look);
            } else {
                List<DestinationTrial.Fallen> rows = trial.send(config, host, new Transport(wire), sample);
                summary = sent(rows, facts, found, look);
            }
        } catch (ProblemException failed) {
            problem = failed.problem();
        }
        Exchanges exchanges = new Exchanges(masking, place -> Optional.empty(), "/");
        List<WireExchange> seen = wire.since(0).stream()
                .map(each -> titled(exchanges.shown(each)))
                .toList();
        facts.put(
                "requests",
                seen.stream().map(each -> TrialView.request(each, null)).toList());
        List<Line> lines = new ArrayList<>(
                TrialView.requests(seen, look, session.console().terminal().width()));
        lines.addAll(found);
        boolean rejected = facts.get("rejected") instanceof Number count && count.intValue() > 0;
        int code = problem != null ? ExitCode.of(problem) : rejected ? ExitCode.PARTIAL : ExitCode.SUCCESS;
        lines.add(Line.of(Style.BOLD, summary));
        return new Report(
                code, summary, lines, facts, List.of(), problem == null ? List.of() : List.of(problem), List.of());
    }

    /** What asked is said by its place in the definition. */
    private static WireExchange titled(WireExchange shown) {
        ExchangeAbout about = shown.about();
        String part = about.path().replaceFirst("/?requester$", "");
        return part.isEmpty()
                ? shown
                : new WireExchange(
                        shown.index(),
                        new ExchangeAbout(about.kind(), part, about.stream(), about.path()),
                        shown.request(),
                        shown.response(),
                        shown.failure(),
                        shown.retryOf());
    }

    /** What definitions call it. */
    private static String word(DestinationSyncMode mode) {
        return switch (mode) {
            case APPEND -> "insert";
            case APPEND_DEDUP -> "upsert";
            case UPDATE -> "update";
            case SOFT_DELETE -> "soft_delete";
            case DELETE -> "delete";
            case MIRROR -> "mirror";
            case OVERWRITE, OVERWRITE_DEDUP -> mode.name().toLowerCase(Locale.ROOT);
        };
    }

    private String looked(
            TrialHost host, @Nullable String object, Map<String, @Nullable Object> facts, List<Line> found, Look look) {
        CheckReport report = trial.check(config, host, new Transport(wire));
        for (CheckReport.Step step : report.steps()) {
            Problem problem = step.problem();
            found.add(Line.of(problem == null ? Style.GOOD : Style.BAD, problem == null ? look.ok() : look.failure())
                    .plus(" " + step.name())
                    .plus(Style.DIM, problem == null ? "" : "  " + masking.text(problem.message())));
            if (problem != null) {
                throw problem.exception();
            }
        }
        List<Object> operations = new ArrayList<>();
        trial.operations(config, host, new Transport(wire), object).forEach(operation -> {
            String keys = operation.matchingKeys().isEmpty() ? "" : "  by " + operation.matchingKeys();
            found.add(Line.of(Style.NAME, "  " + operation.object())
                    .plus(" " + word(operation.method()))
                    .plus(Style.DIM, keys));
            operations.add(Map.of(
                    "object", operation.object(), "method", word(operation.method()), "fields", operation.names()));
        });
        facts.put("operations", operations);
        return Units.count(operations.size(), "way to write", "ways to write");
    }

    private String sent(
            List<DestinationTrial.Fallen> rows, Map<String, @Nullable Object> facts, List<Line> found, Look look) {
        List<Object> told = new ArrayList<>();
        int rejected = 0;
        for (DestinationTrial.Fallen row : rows) {
            Map<String, @Nullable Object> fact = new LinkedHashMap<>();
            fact.put("row", row.row());
            fact.put("written", row.isWritten());
            fact.put("code", row.code());
            fact.put("reason", row.reason() == null ? null : masking.text(Objects.requireNonNull(row.reason())));
            fact.put("field", row.field());
            told.add(fact);
            if (!row.isWritten()) {
                rejected++;
                found.add(Line.of(Style.BAD, look.failure())
                        .plus(" row " + row.row() + ": " + fact.get("reason"))
                        .plus(Style.DIM, row.field() == null ? "" : "  " + row.field()));
            }
        }
        facts.put("rows", told);
        facts.put("rejected", rejected);
        return Units.count(rows.size() - rejected, "row", "rows") + " written, " + rejected + " rejected";
    }

    /** The definition itself, looked over. */
    static Report lint(DefinitionFile definition) {
        Optional<Problem> wrong = definition.trial().lint();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("problems", wrong.stream().map(Problem::message).toList());
        if (wrong.isPresent()) {
            return new Report(
                    ExitCode.FAILED, "it cannot be used", List.of(), facts, List.of(), List.of(wrong.get()), List.of());
        }
        return Report.of("no mistakes", List.of(Line.of(Style.BOLD, "no mistakes in the destination")), facts);
    }
}
