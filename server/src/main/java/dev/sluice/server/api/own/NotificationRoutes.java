package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.notify.Channel;
import dev.sluice.server.notify.Delivery;
import dev.sluice.server.notify.Message;
import dev.sluice.server.notify.Messages;
import dev.sluice.server.notify.NotificationSettings;
import dev.sluice.server.notify.Occasion;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.spi.problem.ProblemException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom a workspace tells what, and what became of the messages. */
final class NotificationRoutes {
    private static final String GROUP = "Notifications";

    private final Store store;
    private final Places places;
    private final NotificationSettings settings;
    private final Delivery delivery;
    private final Messages messages;

    NotificationRoutes(Features features, Places places, Operated operated) {
        this.store = features.store;
        this.places = places;
        this.settings = operated.settings();
        this.delivery = operated.delivery();
        this.messages = new Messages(operated.clock());
    }

    List<Route> routes() {
        String path = "/workspaces/{workspaceId}/notifications";
        return List.of(
                Route.get(path, "getNotifications", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives("Notifications")
                        .by(call -> answer(call.workspaceOf(), call)),
                Route.put(path, "putNotifications", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .takes("NotificationsEdit")
                        .gives("Notifications")
                        .by(this::put),
                Route.post(path + "/test", "testNotification", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .takes("NotificationTest")
                        .gives("NotificationTested")
                        .by(this::test),
                Route.post(path + "/signing_key", "renewSigningKey", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .gives("SigningKey")
                        .by(call -> store.compute(transaction -> new Shown()
                                .with("signingKey", settings.renewKey(transaction, current(transaction, call)))
                                .answer())),
                Route.get(path + "/deliveries", "listDeliveries", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .paged()
                        .gives("Deliveries")
                        .by(call -> Shown.page(
                                call,
                                store.<List<Message>>read(transaction -> messages.list(
                                        transaction, call.workspaceOf().id(), call.page())),
                                NotificationRoutes::shown)));
    }

    private Workspace current(Transaction transaction, Call call) throws SQLException {
        return places.workspace(transaction, call.workspaceOf().id());
    }

    private static Answer answer(Workspace workspace, Call call) {
        Map<String, @Nullable Object> occasions =
                NotificationSettings.occasions(workspace, call.caller().may(Access.ADMIN, workspace));
        return new Shown()
                .with("email", workspace.settings().email())
                .with("occasions", occasions)
                .with("rejectedRecords", NotificationSettings.rejected(workspace))
                .with("isSigned", NotificationSettings.isSigned(workspace))
                .answer();
    }

    private Answer put(Call call) {
        Map<String, @Nullable Object> occasions = new LinkedHashMap<>();
        Object wished = call.body().get("occasions");
        if (wished != null) {
            JsonText.members(wished)
                    .forEach((name, channels) -> occasions.put(known(name).key(), checked(channels)));
        }
        String email = Asked.orNull(call.text("email"));
        long rejected = call.body().get("rejectedRecords") instanceof Number number ? number.longValue() : 1;
        return store.compute(transaction -> answer(
                settings.save(
                        transaction, current(transaction, call), email, new Json(JsonText.write(occasions)), rejected),
                call));
    }

    private static Occasion known(String name) {
        return Occasion.of(name).orElseThrow(() -> Refusal.badRequest("there is no occasion " + name));
    }

    private static Object checked(@Nullable Object channels) {
        Map<String, @Nullable Object> members = JsonText.members(channels);
        if (members.get("webhook") instanceof Map<?, ?> webhook) {
            Map<String, @Nullable Object> its = JsonText.members(webhook);
            if (its.get("url") instanceof String url) {
                EgressGuard.parse(url);
            } else if (Boolean.TRUE.equals(its.get("enabled"))) {
                throw Refusal.badRequest("a webhook that is enabled needs a url");
            }
        }
        return members;
    }

    private Answer test(Call call) {
        Channel channel = Asked.word(call.required("channel"), "channel", Channel.class);
        String target = channel == Channel.EMAIL ? call.workspaceOf().settings().email() : call.text("url");
        if (target == null) {
            throw Refusal.badRequest(
                    channel == Channel.EMAIL ? "the workspace has no address for mails" : "url is required");
        }
        try {
            delivery.test(call.workspaceOf(), channel, target);
            return new Shown().with("delivered", true).answer();
        } catch (ProblemException failure) {
            return new Shown()
                    .with("delivered", false)
                    .with("problem", Words.of(failure.problem()))
                    .answer();
        }
    }

    private static Map<String, Object> shown(Message message) {
        Message.Course course = message.course();
        boolean isOver = course.settledAt() != null;
        return new Shown()
                .with("id", message.id())
                .with("occasion", message.occasion().key())
                .with("channel", Words.of(message.channel()))
                .with("subject", message.subject())
                .with("status", isOver ? (course.problem() == null ? "delivered" : "given_up") : "waiting")
                .with("tries", course.tries())
                .with("nextTryAt", isOver ? null : Words.of(course.dueAt()))
                .with("settledAt", Words.of(course.settledAt()))
                .with("problem", course.problem())
                .object();
    }
}
