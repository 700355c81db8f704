package article

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"mime"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
)

func isWARC(raw []byte) bool { return bytes.HasPrefix(raw, []byte("WARC/")) }

// warc reads one record of a web archive: a response with a page in it, a resource,
// or a conversion to text.
func (r *reading) warc(raw []byte) error {
	head, block, err := warcRecord(raw)
	if err != nil {
		return err
	}
	kind := head.Get("WARC-Type")
	r.is("WARC " + kind)
	var shape Shape
	charset := ""
	switch kind {
	case "response":
		response, body, err := r.response(block, head.Get("WARC-Truncated") != "")
		if err != nil {
			return err
		}
		block = body
		if shape, charset, err = shapeOfType(response.Header.Get("Content-Type")); err != nil {
			return err
		}
		defer r.offer(Language, response.Header.Get("Content-Language"), "Content-Language")
	case "resource", "conversion":
		if shape, charset, err = shapeOfType(head.Get("Content-Type")); err != nil {
			return err
		}
	default:
		return undecodable("WARC record of type %q: it holds no page", cut(kind, 40))
	}
	defer r.offer(URL, strings.Trim(head.Get("WARC-Target-URI"), "<>"), "WARC-Target-URI")
	if isWARC(block) {
		return undecodable("a WARC record inside a WARC record")
	}
	return r.record(block, shape, charset)
}

// HoldsPage reports whether a record of a web archive may hold an article. Of what
// crawlers keep, requests, pictures, scripts and pages that are gone do not.
func HoldsPage(head textproto.MIMEHeader, block []byte) bool {
	mediaType := head.Get("Content-Type")
	switch head.Get("WARC-Type") {
	case "response":
		if mediaType != "" && !strings.HasPrefix(mediaType, "application/http") {
			return false // an answer about a name
		}
		res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
		if err != nil {
			return true // decoding says what is wrong with it
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			return false
		}
		mediaType = res.Header.Get("Content-Type")
	case "resource", "conversion":
	default:
		return false
	}
	_, _, err := shapeOfType(mediaType)
	return err == nil
}

// warcRecord parts a record's head from its block and checks that the length it
// states is that of the block.
func warcRecord(raw []byte) (textproto.MIMEHeader, []byte, error) {
	in := bytes.NewReader(raw)
	buffered := bufio.NewReader(in)
	lines := textproto.NewReader(buffered)
	if _, err := lines.ReadLine(); err != nil {
		return nil, nil, undecodable("WARC: ends in its first line")
	}
	head, err := lines.ReadMIMEHeader()
	if err != nil {
		return nil, nil, undecodable("WARC: head: %v", err)
	}
	block := raw[len(raw)-in.Len()-buffered.Buffered():]
	stated := head.Get("Content-Length")
	n, err := strconv.Atoi(stated)
	switch {
	case err != nil || n < 0:
		return nil, nil, undecodable("WARC: Content-Length %q is no length", cut(stated, 40))
	case n > len(block):
		return nil, nil, undecodable("WARC: Content-Length is %d, but only %d bytes follow", n, len(block))
	}
	switch rest := bytes.TrimLeft(block[n:], "\r\n"); {
	case isWARC(rest):
		return nil, nil, undecodable("WARC: several records in one: each wants a record of its own")
	case len(rest) > 0:
		return nil, nil, undecodable("WARC: Content-Length is %d, but %d bytes follow", n, len(block))
	}
	return head, block[:n], nil
}

// response reads an HTTP response and its body, without chunks and compression. The
// body of a record that says it was cut may end anywhere.
func (r *reading) response(block []byte, truncated bool) (*http.Response, []byte, error) {
	res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
	if err != nil {
		return nil, nil, undecodable("WARC: HTTP response: %v", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, nil, undecodable("WARC: HTTP status %d: no article", res.StatusCode)
	}
	if res.ContentLength > int64(len(block)) && !truncated {
		return nil, nil, undecodable("WARC: HTTP Content-Length is %d, in a block of %d bytes", res.ContentLength, len(block))
	}
	body, err := r.limits.readAll(res.Body, "HTTP body")
	var bad *DecodeError
	switch {
	case errors.As(err, &bad) && len(res.TransferEncoding) > 0 && bytes.Contains(block, []byte("\r\n\r\n")) && !truncated && !isChunked(block):
		_, body, _ = bytes.Cut(block, []byte("\r\n\r\n")) // the archiver has put the chunks together
	case errors.As(err, &bad) && truncated:
		_, body, _ = bytes.Cut(block, []byte("\r\n\r\n"))
	case err != nil:
		return nil, nil, err
	}
	if truncated {
		r.partial = true
	}
	body, err = r.decoded(body, res.Header.Get("Content-Encoding"))
	return res, body, err
}

// isChunked reports whether the body in a block begins with the length of a chunk.
func isChunked(block []byte) bool {
	_, body, _ := bytes.Cut(block, []byte("\r\n\r\n"))
	size, _, found := bytes.Cut(body[:min(len(body), 32)], []byte("\n"))
	size, _, _ = bytes.Cut(bytes.TrimSpace(size), []byte(";"))
	_, err := strconv.ParseUint(string(size), 16, 64)
	return found && err == nil
}

// decoded undoes a body's Content-Encoding. Archivers may have done so already:
// what has not the mark of its compression is not compressed.
func (r *reading) decoded(body []byte, encoding string) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity", "gzip", "x-gzip", "zstd":
		return body, nil // record unpacks them
	case "deflate":
		return r.limits.readAll(flate.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte{0x78, 0x9c}))), "deflate")
	}
	return nil, undecodable("WARC: Content-Encoding %q is not read", cut(encoding, 40))
}

// shapeOfType tells the shape and the charset of a media type.
func shapeOfType(contentType string) (Shape, string, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return Detect, "", nil // none, or one that says nothing
	}
	charset := params["charset"]
	switch {
	case kind == "text/html" || kind == "application/xhtml+xml":
		return HTML, charset, nil
	case kind == "text/plain":
		return Text, charset, nil
	case strings.HasSuffix(kind, "json"):
		return JSON, charset, nil
	case strings.HasSuffix(kind, "xml"):
		return XML, charset, nil
	case kind == "application/octet-stream":
		return Detect, charset, nil
	}
	return Detect, "", undecodable("content of type %s is not read", cut(kind, 60))
}
