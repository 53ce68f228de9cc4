package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.drafts.Draft;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people have begun to set up: kept while they go on, on any of their machines, and made once when they submit it. */
final class DraftRoutes {
    private static final String GROUP = "Drafts";
    private static final String ONE = "/drafts/{draftId}";

    private final Features features;
    private final Store store;
    private final Places places;
    private final DraftSubmission submission;

    DraftRoutes(Features features, Places places, Shapes shapes) {
        this.features = features;
        this.store = features.store;
        this.places = places;
        this.submission = new DraftSubmission(features, places, shapes);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/drafts", "listDrafts", GROUP)
                        .parameter("workspaceIds", "uuids")
                        .paged()
                        .gives("Drafts")
                        .by(call -> store.read(transaction -> list(transaction, call))),
                Route.post("/drafts", "createDraft", GROUP)
                        .needs(Access.READ, places.workspaceInBody())
                        .takes("DraftCreate")
                        .gives("Draft")
                        .by(call -> store.compute(transaction -> create(transaction, call))),
                Route.get(ONE, "getDraft", GROUP)
                        .gives("Draft")
                        .by(call -> store.read(transaction -> answer(transaction, own(transaction, call)))),
                Route.put(ONE, "putDraft", GROUP)
                        .takes("DraftEdit")
                        .gives("Draft")
                        .by(call -> store.compute(transaction -> replace(transaction, call))),
                Route.delete(ONE, "deleteDraft", GROUP).by(this::delete),
                Route.post(ONE + "/submit", "submitDraft", GROUP)
                        .takes("DraftSubmit")
                        .gives("DraftMade")
                        .by(this::submit));
    }

    private Answer list(Transaction transaction, Call call) throws SQLException {
        List<Draft> drafts = features.drafts.list(
                transaction,
                call.caller().accountId(),
                Places.ids(places.listed(transaction, call, false)),
                call.page());
        return Shown.page(call, drafts, draft -> shown(draft).object());
    }

    private Answer create(Transaction transaction, Call call) throws SQLException {
        Draft draft = features.drafts.add(
                transaction,
                call.workspaceOf().id(),
                call.caller().accountId(),
                call.required("kind"),
                Asked.orNull(call.text("name")),
                document(call));
        return answer(transaction, draft);
    }

    private Answer replace(Transaction transaction, Call call) throws SQLException {
        Draft draft = own(transaction, call);
        if (seen(call) != draft.life().version()) {
            throw Refusal.of(
                    409,
                    "state-conflict",
                    "the draft was changed somewhere else meanwhile; look at it again, and repeat the change");
        }
        return answer(
                transaction,
                features.drafts.replace(transaction, draft, Asked.orNull(call.text("name")), document(call)));
    }

    /** The version that the caller has seen. */
    private static long seen(Call call) {
        if (call.body().get("version") instanceof Number number) {
            return number.longValue();
        }
        String header = call.header("if-match");
        if (header == null) {
            throw Refusal.of(
                    428, "precondition-required", "version is required, or If-Match with the ETag of the draft");
        }
        try {
            return Long.parseLong(header.replace("W/", "").replace("\"", "").strip());
        } catch (NumberFormatException none) {
            throw Refusal.badRequest("If-Match has to be the ETag of the draft");
        }
    }

    private Answer delete(Call call) {
        store.change(transaction -> features.drafts.delete(transaction, own(transaction, call)));
        return Answer.done();
    }

    private Answer submit(Call call) {
        record Found(Draft draft, Workspace workspace) {}
        Found found = store.read(transaction -> {
            Draft draft = own(transaction, call);
            return new Found(draft, places.workspace(transaction, draft.workspaceId()));
        });
        return Answer.json(submission.submit(call, found.draft(), found.workspace()));
    }

    /** The draft of the path, if it is the caller's, in a workspace that they may still look into. */
    private Draft own(Transaction transaction, Call call) throws SQLException {
        Draft draft = features.drafts
                .find(transaction, call.id("draftId"), call.caller().accountId())
                .orElseThrow(() -> Refusal.notFound("draft", call.id("draftId")));
        if (!call.caller().may(Access.READ, places.workspace(transaction, draft.workspaceId()))) {
            throw Refusal.forbidden();
        }
        return draft;
    }

    private static Map<String, @Nullable Object> document(Call call) {
        return JsonText.members(Objects.requireNonNull(call.body().get("document")));
    }

    private Answer answer(Transaction transaction, Draft draft) throws SQLException {
        return shown(draft)
                .with("document", features.drafts.shown(transaction, draft))
                .answer()
                .tagged(draft.life().version());
    }

    private static Shown shown(Draft draft) {
        return new Shown()
                .with("draftId", draft.id())
                .with("workspaceId", draft.workspaceId())
                .with("kind", draft.kind())
                .with("name", draft.name())
                .with("made", JsonText.object(draft.made().ids().text()))
                .with("submittedAt", Words.of(draft.made().submittedAt()))
                .with("version", draft.life().version())
                .with("createdAt", Words.of(draft.life().createdAt()))
                .with("updatedAt", Words.of(draft.life().updatedAt()))
                .with("expiresAt", Words.of(draft.expiresAt()));
    }
}
