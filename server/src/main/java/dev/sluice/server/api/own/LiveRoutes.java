package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.auth.Access;
import dev.sluice.server.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What happens in a workspace, live. */
final class LiveRoutes {
    private final Store store;
    private final Features features;
    private final Places places;
    private final Clock clock;

    LiveRoutes(Features features, Places places, Clock clock) {
        this.store = features.store;
        this.features = features;
        this.places = places;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.get("/workspaces/{workspaceId}/live", "followWorkspace", "Live")
                .needs(Access.READ, places.workspaceInPath())
                .gives("events")
                .by(this::follow));
    }

    private Answer follow(Call call) {
        UUID workspaceId = call.id("workspaceId");
        String last = call.message().headers().get("last-event-id");
        if (last != null && !last.matches("\\d{1,15}")) {
            throw Refusal.badRequest("the id of the last event is not one of these events");
        }
        Instant since = last == null ? clock.instant() : Instant.ofEpochMilli(Long.parseLong(last));
        WorkspaceNews news = new WorkspaceNews(features.work.jobs(), workspaceId, since);
        return Answer.events(EventStream.of(events -> {
            for (WorkspaceNews.News each : store.read(news::next)) {
                events.send(String.valueOf(each.at().toEpochMilli()), each.type(), each.data());
            }
            return true;
        }));
    }
}
