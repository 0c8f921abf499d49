package sandbox

import (
	"context"
	"encoding/json"
	"net/http"
)

// spoil loses or damages the answer to a call that was carried out.
func (s *Server) spoil(ctx context.Context, fault Fault, result answer) answer {
	switch fault.Kind {
	case CommitAndDrop:
		panic(http.ErrAbortHandler)
	case CommitAndHang:
		<-ctx.Done()
		panic(http.ErrAbortHandler)
	case CommitAndError:
		return htmlReport(http.StatusInternalServerError)
	case CommitAndBreak:
		return jsonAnswer(http.StatusInternalServerError, createdEnvelope{envelope: envelope{ErrorText: "Internal Server Error!"}})
	case CommitAndEmpty:
		return plain(http.StatusOK, typeJSON, "")
	case CommitAndTruncate:
		result.body = result.body[:len(result.body)/2]
	case CommitAndBabble:
		return plain(http.StatusOK, typeJSON, "Serviciul este in mentenanta.")
	case CommitAndContradict:
		return rewritten(result, "errorText", "Eroare la salvarea documentului.")
	case CommitAndForget:
		return rewritten(result, "number", "")
	default:
	}
	return result
}

// rewritten changes one member of a JSON object; any other answer stays as it is.
func rewritten(result answer, member, value string) answer {
	var object map[string]any
	if err := json.Unmarshal(result.body, &object); err != nil {
		return result
	}
	object[member] = value
	return jsonAnswer(result.status, object)
}
