package org.vauban.provider;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The line to the provider: the one place from which the hub calls somebody. Answers are bounded in size and in time, no redirect is
 * followed and no proxy is asked. A call is made for a sign-in and for nothing else, so each has a connection of its own.
 */
final class Line {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final int ANSWER_MAX = 1 << 18;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;

    private final String issuer;

    Line(String issuer) {
        this.issuer = issuer;
    }

    /** An answer in JSON, with its status. */
    record Answer(int status, JsonNode document) {
        boolean isGood() {
            return status == OK;
        }
    }

    Answer get(URI address) {
        return send(HttpRequest.newBuilder(address).GET());
    }

    Answer post(HttpRequest.Builder request) {
        return send(request);
    }

    private Answer send(HttpRequest.Builder builder) {
        HttpRequest request =
                builder.header("Accept", "application/json").timeout(PATIENCE).build();
        HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(PATIENCE)
                .build();
        try {
            HttpResponse<byte[]> answer = http.sendAsync(
                            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_MAX))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), document(answer));
        } catch (ExecutionException broken) {
            throw unreachable(broken.getCause() instanceof IOException cause ? cause : broken);
        } catch (TimeoutException slow) {
            throw unreachable(slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable(interrupted);
        } finally {
            http.shutdownNow();
        }
    }

    /** What is no JSON has no fields; whoever needs one will miss it. */
    private static JsonNode document(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException unreadable) {
            return JSON.createObjectNode();
        }
    }

    ProblemException unreachable(Exception cause) {
        return Problem.of(ProblemCode.PROVIDER_UNREACHABLE)
                .expected(issuer)
                .found(cause.getClass().getSimpleName())
                .exception(cause);
    }

    ProblemException unreachable(int status) {
        return Problem.of(ProblemCode.PROVIDER_UNREACHABLE)
                .expected(issuer)
                .found("HTTP " + status)
                .exception();
    }
}
