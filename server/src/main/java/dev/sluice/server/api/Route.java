package dev.sluice.server.api;

import dev.sluice.server.auth.Access;
import dev.sluice.server.auth.Realm;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A method and a path, who may ask them, what they take and give back, and what answers. The document is made of these. */
public final class Route {
    /** What is given that is no object, with its type. */
    static final Map<String, String> TEXTS = Map.of(
            "text",
            "text/plain",
            "events",
            "text/event-stream",
            "lines",
            "application/x-ndjson",
            "zip",
            "application/zip");

    /** Stands for what sends a browser elsewhere. */
    static final String REDIRECT = "redirect";

    private final String method;
    private final String path;
    private final String name;
    private final String group;
    private Need need = new Need.Login();
    private final List<Parameter> parameters = new ArrayList<>();
    private @Nullable String takes;
    private @Nullable String gives;
    private @Nullable Handler handler;

    private Route(String method, String path, String name, String group) {
        this.method = method;
        this.path = path;
        this.name = name;
        this.group = group;
    }

    /** What answers. */
    public interface Handler {
        /** Does what is asked for. */
        Answer answer(Call call);
    }

    /** Finds the workspace that a call is about, from what the store knows. */
    public interface Place {
        /**
         * The workspace.
         *
         * @throws Refusal if there is no such object
         */
        Workspace find(Transaction transaction, Call call) throws SQLException;
    }

    /** Finds what a call is about, where that may be more than a workspace. */
    public interface Territory {
        /**
         * The place.
         *
         * @throws Refusal if there is no such object
         */
        Realm find(Transaction transaction, Call call) throws SQLException;
    }

    /** What it takes to ask. */
    sealed interface Need {
        /** Nothing. */
        record Nothing() implements Need {}

        /** A login; the route shows of the rest only what the caller may see. */
        record Login() implements Need {}

        /** A kind of access in the workspace that the call is about. */
        record In(Access access, Place place) implements Need {}

        /** A kind of access in what the call is about, which may be more than a workspace. */
        record Over(Access access, Territory territory) implements Need {}
    }

    /** A parameter of the address. */
    record Parameter(String name, String type, boolean isRequired) {}

    /** A route that looks. */
    public static Route get(String path, String name, String group) {
        return new Route("GET", path, name, group);
    }

    /** A route that makes something. */
    public static Route post(String path, String name, String group) {
        return new Route("POST", path, name, group);
    }

    /** A route that replaces something. */
    public static Route put(String path, String name, String group) {
        return new Route("PUT", path, name, group);
    }

    /** A route that changes something. */
    public static Route patch(String path, String name, String group) {
        return new Route("PATCH", path, name, group);
    }

    /** A route that deletes something. */
    public static Route delete(String path, String name, String group) {
        return new Route("DELETE", path, name, group);
    }

    /** Everybody may ask. */
    public Route forEverybody() {
        need = new Need.Nothing();
        return this;
    }

    /** Who may do this in a workspace may ask. */
    public Route needs(Access access, Place place) {
        need = new Need.In(access, place);
        return this;
    }

    /** Who may do this in a workspace, in an organisation or everywhere may ask. */
    public Route needsOver(Access access, Territory territory) {
        need = new Need.Over(access, territory);
        return this;
    }

    /** It knows this parameter: {@code string}, {@code integer}, {@code boolean}, {@code uuid} or {@code uuids}. */
    public Route parameter(String parameter, String type) {
        parameters.add(new Parameter(parameter, type, false));
        return this;
    }

    /** It cannot do without this parameter. */
    public Route requiredParameter(String parameter, String type) {
        parameters.add(new Parameter(parameter, type, true));
        return this;
    }

    /** It has pages. */
    public Route paged() {
        return parameter("limit", "integer").parameter("offset", "integer");
    }

    /** It takes an object of this shape. */
    public Route takes(String shape) {
        takes = shape;
        return this;
    }

    /** It gives back an object of this shape, or {@code text}, {@code events}, {@code lines}, or {@code redirect}. */
    public Route gives(String shape) {
        gives = shape;
        return this;
    }

    /** What answers. */
    public Route by(Handler answering) {
        handler = answering;
        return this;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String name() {
        return name;
    }

    String group() {
        return group;
    }

    Need need() {
        return need;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    @Nullable
    String takes() {
        return takes;
    }

    @Nullable
    String gives() {
        return gives;
    }

    Handler handler() {
        return Objects.requireNonNull(handler, name);
    }
}
