package question_test

import "testing"

func TestNumberWords(t *testing.T) {
	t.Parallel()
	checkNumbers(t, " soldiers were killed", []numberCase{
		{"fifty-five thousand", "55000"},
		{"Fifty five thousand", "55000"},
		{"four hundred and twenty thousand", "420000"},
		{"four hundred twenty thousand", "420000"},
		{"two thousand five hundred and fourteen", "2514"},
		{"twelve thousand one hundred and forty-two", "12142"},
		{"half a million", "500000"},
		{"two and a half thousand", "2500"},
		{"a hundred thousand", "100000"},
		{"one million", "1000000"},
		{"twenty", "20"},
	})
	checkNumbers(t, " військових загинуло", []numberCase{
		{"п'ятдесят п'ять тисяч", "55000"},
		{"п’ятдесят п’ять тисяч", "55000"},
		{"півмільйона", "500000"},
		{"чотириста двадцять тисяч", "420000"},
		{"дві з половиною тисячі", "2500"},
		{"дві тисячі п'ятсот чотирнадцять", "2514"},
		{"мільйон", "1000000"},
		{"сто тисяч", "100000"},
	})
	checkNumbers(t, " солдат погибло", []numberCase{
		{"пятьдесят пять тысяч", "55000"},
		{"полмиллиона", "500000"},
		{"две с половиной тысячи", "2500"},
		{"двенадцать тысяч сто сорок два", "12142"},
		{"четыреста двадцать тысяч", "420000"},
	})
	checkNumbers(t, " солдат", []numberCase{{"Погибло около пятидесяти пяти тысяч", "~55000"}, {"Погибло до пятидесяти пяти тысяч", "<=55000"}})
}
