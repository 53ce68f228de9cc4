package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.tags.Tag;
import java.util.List;
import java.util.Map;

/** Tags. */
final class TagRoutes {
    private static final String GROUP = "Tags";

    private final Features features;
    private final Places places;

    TagRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/tags", "listTags", GROUP)
                        .parameter("workspaceIds", "uuids")
                        .gives("TagsResponse")
                        .by(this::list),
                Route.post("/tags", "createTag", GROUP)
                        .needs(Access.EDIT, places.workspaceInBody())
                        .takes("TagCreateRequest")
                        .gives("TagResponse")
                        .by(this::create),
                Route.get("/tags/{tagId}", "getTag", GROUP)
                        .needs(Access.READ, places.tagInPath())
                        .gives("TagResponse")
                        .by(call -> features.store.read(
                                transaction -> Answer.json(shown(places.tag(transaction, call.id("tagId")))))),
                Route.patch("/tags/{tagId}", "updateTag", GROUP)
                        .needs(Access.EDIT, places.tagInPath())
                        .takes("TagPatchRequest")
                        .gives("TagResponse")
                        .by(this::update),
                Route.delete("/tags/{tagId}", "deleteTag", GROUP)
                        .needs(Access.EDIT, places.tagInPath())
                        .by(this::delete));
    }

    private Answer list(Call call) {
        List<Tag> tags = features.store.read(
                transaction -> features.tags.list(transaction, Places.ids(places.listed(transaction, call, false))));
        return Shown.list(tags.stream().map(TagRoutes::shown).toList());
    }

    private Answer create(Call call) {
        return features.store.compute(transaction -> Answer.json(shown(features.tags.add(
                transaction, call.workspaceOf().id(), call.required("name"), call.required("color")))));
    }

    private Answer update(Call call) {
        return features.store.compute(transaction -> {
            Tag tag = places.tag(transaction, call.id("tagId"));
            Tag changed = new Tag(tag.id(), tag.workspaceId(), call.required("name"), call.required("color"));
            features.tags.replace(transaction, changed);
            return Answer.json(shown(changed));
        });
    }

    private Answer delete(Call call) {
        features.store.change(transaction -> features.tags.delete(transaction, call.id("tagId")));
        return Answer.done();
    }

    static Map<String, Object> shown(Tag tag) {
        return new Shown()
                .with("tagId", tag.id().toString())
                .with("name", tag.name())
                .with("color", tag.color())
                .with("workspaceId", tag.workspaceId().toString())
                .object();
    }
}
