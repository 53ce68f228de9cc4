package dev.sluice.airbyte.program;

import dev.sluice.airbyte.message.MessageType;
import dev.sluice.airbyte.message.Trace;
import dev.sluice.airbyte.process.ConnectorProcess;
import dev.sluice.airbyte.process.Program;
import dev.sluice.airbyte.process.Programs;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configured connector that is a program: it is made ready when it is first needed, and asked and started. Thread-safe. */
public final class ConnectorProgram {
    private static final String CONFIG = "config.json";
    private static final long SPEC_SECONDS = 300;
    private static final long CHECK_SECONDS = 600;
    private static final long DISCOVER_SECONDS = 3600;

    private final ProgramSettings settings;
    private final Programs programs;
    private final ConnectorContext context;
    private volatile Secrets secrets;
    private volatile String config;
    private @Nullable Program program;

    /** A connector that is started on a machine. */
    public ConnectorProgram(ProgramSettings settings, Programs programs, ConnectorContext context) {
        this.settings = settings;
        this.programs = programs;
        this.context = context;
        this.config = settings.config();
        this.secrets = Secrets.of(settings.config());
    }

    /** What the user says of it. */
    public ProgramSettings settings() {
        return settings;
    }

    /** The host. */
    public ConnectorContext context() {
        return context;
    }

    /** Takes a line for the log, which may hold secrets. */
    public void log(String line) {
        context.log(Level.INFO, secrets.masked(Logged.one(line)));
    }

    /**
     * Takes a message of control: a connector that changes its configuration gets the new one from now on, and the host keeps
     * it. What cannot be kept ends nothing: the next run may have to log in again.
     */
    public synchronized void control(Map<String, ?> control) {
        if (!(control.get("connectorConfig") instanceof Map<?, ?> holder)
                || !(holder.get("config") instanceof Map<?, ?> changed)
                || changed.isEmpty()
                || changed.equals(Json.read(config))) {
            return;
        }
        config = Json.write(changed);
        secrets = secrets.and(Secrets.of(config));
        try {
            context.configChanged(settings.with(changed));
        } catch (ProblemException notKept) {
            context.log(
                    Level.WARNING,
                    "the connector has changed its configuration, which could not be kept: "
                            + notKept.problem().message());
        }
    }

    private synchronized Program program() {
        Program ready = program;
        if (ready == null) {
            ready = programs.program(settings.launch(), this::log);
            program = ready;
        }
        return ready;
    }

    /**
     * Starts it with its configuration.
     *
     * @param command what it shall do
     * @param files further files by the name of their argument, such as {@code catalog}
     */
    public ConnectorProcess start(String command, Map<String, String> files) {
        List<String> arguments = new ArrayList<>(List.of(command, "--config", CONFIG));
        Map<String, String> all = new LinkedHashMap<>();
        all.put(CONFIG, config);
        files.forEach((name, content) -> {
            arguments.addAll(List.of("--" + name, name + ".json"));
            all.put(name + ".json", content);
        });
        return ConnectorProcess.start(program(), arguments, all, this::log);
    }

    /** What it is and can do: the payload of its SPEC message. */
    public Map<String, ?> spec() {
        ConnectorProcess process = ConnectorProcess.start(program(), List.of("spec"), Map.of(), this::log);
        Map<String, ?> spec = asking(SPEC_SECONDS).ask(process, MessageType.SPEC);
        requireProtocol(spec);
        return spec;
    }

    /** Only another first number breaks with what is known here. */
    private static void requireProtocol(Map<String, ?> spec) {
        Object version = spec.get("protocol_version");
        if (version != null && !version.toString().startsWith("0.")) {
            throw Problem.of(
                            "E_CONNECTOR_PROTOCOL",
                            ProblemKind.CONFIG,
                            "the connector speaks the version " + version + " of the Airbyte protocol")
                    .because("the versions 0.x are known here")
                    .fix("use an older version of the connector")
                    .exception();
        }
    }

    /** What it offers: the payload of its CATALOG message. */
    public Map<String, ?> discover() {
        return asking(DISCOVER_SECONDS).ask(start("discover", Map.of()), MessageType.CATALOG);
    }

    private Asking asking(long seconds) {
        return new Asking(settings.longestLine(), seconds, this);
    }

    /** What a failure that it reports means for a run. */
    public Problem problem(Trace.Failure failure) {
        ProblemKind kind = failure.config()
                ? ProblemKind.CONFIG
                : failure.passing() ? ProblemKind.TRANSIENT : ProblemKind.INTERNAL;
        return Problem.of("E_CONNECTOR", kind, secrets.masked(failure.message()))
                .because(secrets.maskedOrNull(failure.detail()));
    }

    /** Asks it whether its configuration works. */
    public CheckReport check() {
        String start = "start " + settings.launch().identity();
        try {
            program();
        } catch (ProblemException missing) {
            return new CheckReport(List.of(CheckReport.Step.failed(start, missing.problem())));
        }
        CheckReport.Step started = CheckReport.Step.ok(start, null);
        try {
            Map<String, ?> status = asking(CHECK_SECONDS).ask(start("check", Map.of()), MessageType.CONNECTION_STATUS);
            Object message = status.get("message");
            if ("SUCCEEDED".equals(status.get("status"))) {
                return new CheckReport(List.of(started, CheckReport.Step.ok("check", null)));
            }
            Problem problem = Problem.of("E_CONNECTOR_CHECK", ProblemKind.CONFIG, "the connector's check failed")
                    .because(
                            message instanceof String text && !text.isBlank()
                                    ? secrets.masked(text)
                                    : "it does not say why")
                    .fix("correct the options of the connector, which are those under `config`");
            return new CheckReport(List.of(started, CheckReport.Step.failed("check", problem)));
        } catch (ProblemException failed) {
            return new CheckReport(List.of(started, CheckReport.Step.failed("check", failed.problem())));
        }
    }
}
