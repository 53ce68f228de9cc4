package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Builder;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.builder.BuilderProject;
import dev.sluice.server.builder.BuilderTest;
import dev.sluice.server.builder.TestRuns;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.spi.workbench.TestLimits;
import dev.sluice.spi.workbench.TestStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tests of streams of the Connector Builder. They read data with secrets, so they are for those who may edit. */
final class BuilderTestRoutes {
    private static final String ONE = "/builder/tests/{testId}";

    private final Store store;
    private final Builder builder;
    private final BuilderPlaces found;

    BuilderTestRoutes(Features features, BuilderPlaces found) {
        this.store = features.store;
        this.builder = features.work.builder();
        this.found = found;
    }

    List<Route> routes() {
        return List.of(
                Route.post(BuilderRoutes.ONE + "/tests", "beginBuilderTest", BuilderRoutes.GROUP)
                        .needs(Access.EDIT, found.project())
                        .takes("BuilderTestWish")
                        .gives("BuilderTest")
                        .by(this::begin),
                Route.get(BuilderRoutes.ONE + "/tests", "listBuilderTests", BuilderRoutes.GROUP)
                        .needs(Access.EDIT, found.project())
                        .parameter("stream", "string")
                        .gives("BuilderTests")
                        .by(call -> store.read(transaction -> Shown.list(
                                builder
                                        .tests()
                                        .list(transaction, call.id("projectId"), call.parameter("stream"))
                                        .stream()
                                        .map(test -> shown(test).object())
                                        .toList()))),
                Route.get(ONE, "getBuilderTest", BuilderRoutes.GROUP)
                        .needs(Access.EDIT, found.test())
                        .gives("BuilderTest")
                        .by(this::one),
                Route.delete(ONE, "cancelBuilderTest", BuilderRoutes.GROUP)
                        .needs(Access.EDIT, found.test())
                        .by(this::cancel));
    }

    private Answer begin(Call call) {
        record Known(BuilderProject project, @Nullable String recording) {}
        UUID replay = call.idOrNull("replay");
        Known known = store.read(transaction -> {
            BuilderProject project = found.project(transaction, call);
            if (replay == null) {
                return new Known(project, null);
            }
            boolean own = builder.tests()
                    .find(transaction, replay)
                    .filter(test -> test.projectId().equals(project.id()))
                    .isPresent();
            if (!own) {
                throw Refusal.notFound("builderTest", replay);
            }
            return new Known(
                    project,
                    builder.tests()
                            .recording(transaction, replay)
                            .orElseThrow(() -> Refusal.unprocessable(
                                    "the test was not recorded, or its recording is not kept any more")));
        });
        String manifest = call.text("manifest");
        TestRuns.Wish wish = new TestRuns.Wish(
                manifest == null ? known.project().draft().manifest() : manifest,
                call.required("stream"),
                limits(call),
                start(call),
                !Boolean.FALSE.equals(call.body().get("retries")),
                known.recording());
        return shown(builder.runs().begin(known.project(), wish)).answer();
    }

    private static TestStart start(Call call) {
        Object state = call.body().get("state");
        return new TestStart(
                state == null ? null : JsonText.write(state),
                call.body().get("slice") instanceof Number slice ? slice.intValue() : null);
    }

    private static TestLimits limits(Call call) {
        Map<String, @Nullable Object> asked =
                call.body().get("limits") instanceof Map<?, ?> limits ? JsonText.members(limits) : Map.of();
        TestLimits usual = TestLimits.USUAL;
        TestLimits limits = new TestLimits(
                number(asked, "records", usual.records()),
                number(asked, "pages", usual.pages()),
                number(asked, "slices", usual.slices()),
                Duration.ofSeconds(number(asked, "seconds", (int) usual.time().toSeconds())));
        if (!limits.isAllowed()) {
            TestLimits most = TestLimits.MOST;
            throw Refusal.badRequest("a test reads at most " + most.records() + " records, " + most.pages()
                    + " pages of a slice and " + most.slices() + " slices, in "
                    + most.time().toSeconds() + " seconds");
        }
        return limits;
    }

    private static int number(Map<String, @Nullable Object> asked, String name, int otherwise) {
        return asked.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    private Answer one(Call call) {
        return store.read(transaction -> {
            BuilderTest test = found.test(transaction, call);
            Shown shown = shown(test);
            builder.tests().result(transaction, test.id()).ifPresent(text -> shown.with("result", JsonText.read(text)));
            return shown.answer();
        });
    }

    private Answer cancel(Call call) {
        store.change(transaction -> builder.tests().cancel(transaction, found.test(transaction, call)));
        return Answer.done();
    }

    private static Shown shown(BuilderTest test) {
        Json outcome = test.facts().outcome();
        Instant ended = test.times().endedAt();
        return new Shown()
                .with("testId", test.id())
                .with("projectId", test.projectId())
                .with("stream", test.stream())
                .with("status", test.status().name().toLowerCase(Locale.ROOT))
                .with("startedAt", test.times().startedAt().toString())
                .with("endedAt", ended == null ? null : ended.toString())
                .with("progress", JsonText.object(test.facts().progress().text()))
                .with("outcome", outcome == null ? null : JsonText.object(outcome.text()))
                .with("recorded", test.facts().recorded());
    }
}
