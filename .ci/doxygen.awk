# The head of a file (//) as Doxygen takes it: as the file's text, and as that of the struct with which the file opens, if it has none of its own. Lines keep their numbers.
FNR == 1 { head = ""; place = "head"; print "/// \\file" }
place == "head" {
    if (/^\/\//) {
        sub(/^\/\/ ?/, "")
        head = head (/^  / ? "<br>" : "") $0 " "
        print "/// " (/^  / ? "  " : "") $0 # a table keeps its lines
        next
    }
    place = "above"
    if (/^#pragma once$/) next
}
place == "opening" && NF { if (/^(template <.*> ?)?(struct|class|enum) .*[{;]/) printf "/** %s*/ ", head; place = "below" }
place == "above" && /^namespace/ { place = "opening" }
{ print }
