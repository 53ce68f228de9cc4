package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.ServerUnderTest;
import dev.sluice.bench.result.Criterion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What lists and statuses take in a large workspace. */
final class ServerLists implements Scenario {
    private static final int CONNECTIONS = 5_000;
    private static final int JOBS_EACH = 40;
    private static final int ASKED = 200;
    private static final double MOST_MILLIS = 50;

    @Override
    public String name() {
        return "server-lists";
    }

    @Override
    public String about() {
        return "Answers of a server with " + CONNECTIONS + " connections and " + CONNECTIONS * JOBS_EACH
                + " jobs, at the 95th percentile of " + ASKED + " requests each.";
    }

    @Override
    public Outcome run(Lab lab) {
        Path data = lab.work().resolve("lists-data");
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            lab.say("making " + CONNECTIONS + " connections");
            furnish(server);
            String first = ServerWorld.connectionIds(server).getFirst();
            server.post("/api/public/v1/jobs", Map.of("connectionId", first, "jobType", "sync"));
            ServerWorld.awaitQuiet(server, Duration.ofMinutes(2));
        }
        lab.say("making " + CONNECTIONS * JOBS_EACH + " jobs");
        ServerWorld.multiply(data, JOBS_EACH);
        List<Criterion> criteria = new ArrayList<>();
        try (ServerUnderTest server = ServerUnderTest.start(lab, data)) {
            ServerAnswers answers = new ServerAnswers(lab, server, ASKED, MOST_MILLIS);
            Random random = new Random(7);
            List<String> ids = ServerWorld.connectionIds(server);
            String jobs = "/api/public/v1/jobs?limit=20&workspaceIds=" + server.workspace();
            criteria.add(answers.measured(
                    "a page of connections",
                    i -> "/api/public/v1/connections?limit=20&offset=" + random.nextInt(CONNECTIONS - 20)));
            criteria.add(answers.measured("the newest jobs", i -> jobs + "&orderBy=updatedAt%7CDESC"));
            criteria.add(answers.measured("failed jobs", i -> jobs + "&status=failed"));
            criteria.add(answers.measured(
                    "the jobs of a connection",
                    i -> "/api/public/v1/jobs?limit=20&connectionId=" + ids.get(random.nextInt(ids.size()))));
            criteria.add(answers.measured(
                    "a job", i -> "/api/public/v1/jobs/" + (1 + random.nextInt(CONNECTIONS * JOBS_EACH))));
            criteria.add(answers.measured(
                    "the status of a connection",
                    i -> "/api/sluice/v1/connections/" + ids.get(random.nextInt(ids.size())) + "/status"));
        }
        return new Outcome(List.of(), criteria, List.of("one client, one request after the other"));
    }

    private static void furnish(ServerUnderTest server) {
        List<Map<String, Object>> sources = new ArrayList<>();
        List<Map<String, Object>> destinations = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sources.add(ServerWorld.source("source " + i, 10));
            destinations.add(ServerWorld.discard("destination " + i));
        }
        List<Map<String, Object>> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(ServerWorld.connection("connection " + i, "source " + i % 20, "destination " + i / 7 % 20));
        }
        server.apply(sources, destinations, connections);
    }
}
